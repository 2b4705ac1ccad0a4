package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.retellbridge.foundation.ledger.EffectId;
import org.retellbridge.foundation.ledger.InvocationKey;
import org.retellbridge.foundation.ledger.Kind;
import org.retellbridge.foundation.ledger.Once;
import org.retellbridge.foundation.ledger.Outcome;

/** Lets an effect happen once per invocation, whoever repeats it: Retell, a proxy or the model. */
@ApplicationScoped
public class OnlyOnce {
  private static final Answer UNCONFIRMED =
      Answer.unknown("It is not certain that this worked, so I do not try it again.");

  private static final Answer UNCONFIRMED_HARMLESS =
      Answer.unknown("It is not certain that this worked. It can be asked for once more.");

  /**
   * How long equal arguments are one invocation of what may be asked for again: longer than Retell
   * takes to repeat a request, and no longer than a caller waits for an answer.
   */
  static final Duration ASKED_AGAIN = Duration.ofSeconds(30);

  private Once once;

  OnlyOnce() {}

  @Inject
  OnlyOnce(Once once) {
    this.once = once;
  }

  /** The answer of this invocation: of its first run, if there was one that may have acted. */
  CompletionStage<Answer> run(EffectId effect, Supplier<CompletionStage<Answer>> work) {
    AtomicReference<Answer> fresh = new AtomicReference<>();
    return once.run(
            effect,
            () ->
                work.get()
                    .thenApply(
                        answer -> {
                          fresh.set(answer);
                          return outcome(answer);
                        }))
        .thenApply(text -> fresh.get() == null ? Answer.repeated(text) : fresh.get());
  }

  /** The name under which the ledger and the vendors know this invocation's effect. */
  static EffectId effect(String path, RetellFunction function, FunctionCall call) {
    Invocation invocation =
        function.ignoresOtherArguments()
            ? Invocation.of(
                call, call.arguments().only(ArgumentBinding.of(function.arguments()).names()))
            : Invocation.of(call);
    return effect(path, function.effect(), function.harmlessTwice(), invocation, call.modelReads());
  }

  static EffectId effect(
      String path, RetellFunction.Effect effect, boolean harmlessTwice, Invocation invocation) {
    return effect(path, effect, harmlessTwice, invocation, true);
  }

  private static EffectId effect(
      String path,
      RetellFunction.Effect effect,
      boolean harmlessTwice,
      Invocation invocation,
      boolean modelReads) {
    Answer unconfirmed = harmlessTwice ? UNCONFIRMED_HARMLESS : UNCONFIRMED;
    InvocationKey key =
        invocation.numbered()
            ? InvocationKey.toolCall(invocation.key())
            : harmlessTwice
                ? InvocationKey.arguments(invocation.key(), ASKED_AGAIN)
                : InvocationKey.arguments(invocation.key());
    Kind kind =
        new Kind(
            kindOf(path),
            effect.owed(),
            harmlessTwice,
            KeptAnswer.of(modelReads ? unconfirmed : unconfirmed.byStatus()));
    EffectId known = new EffectId(invocation.call(), path, key, Optional.empty(), kind);
    return switch (effect) {
      case ONCE_PER_CONTENT -> known.containing(invocation.content());
      case ONCE_PER_TOOL -> known.containing(invocation.purpose());
      case OWED_LATEST -> known.inPlaceOfEarlier();
      case NONE, ONCE, OWED -> known;
    };
  }

  /** What a function's effects are called in the ledger and in metrics. */
  static String kindOf(String path) {
    return Kind.nameOf(path.substring(1));
  }

  private static Outcome outcome(Answer answer) {
    String text = KeptAnswer.of(answer);
    return switch (answer.outcome()) {
      case DONE -> new Outcome.Done(text);
      case REPEATED -> new Outcome.Done(text);
      case FAILED -> new Outcome.Failed(text);
      case UNKNOWN -> new Outcome.Unknown(text);
    };
  }
}
