package org.retellbridge.partner.retell.functions;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.ledger.EffectId;
import org.retellbridge.foundation.ledger.Invocations;
import org.retellbridge.foundation.resilience.Deadline;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.switches.UnderWay;
import org.retellbridge.foundation.traces.Trace;
import org.retellbridge.foundation.webhooks.AnswerFirst;
import org.retellbridge.partner.retell.functions.RetellFunction.Effect;

/**
 * Runs around every {@link RetellFunction}: recognises repeats, keeps {@code FUNCTION_BUDGET},
 * turns every failure into a sentence, and leaves one log line and one measurement.
 */
@Interceptor
@RetellFunction
@Priority(Interceptor.Priority.APPLICATION)
public class AroundFunction implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOGGER = System.getLogger(AroundFunction.class.getName());
  private static final int LONGEST_KEY = 64;

  @Inject private transient Settings settings;
  @Inject private transient Timers timers;
  @Inject private transient FunctionMeters meters;
  @Inject private transient OnlyOnce onlyOnce;
  @Inject private transient FunctionThreads threads;
  @Inject private transient RegisteredCalls registeredCalls;
  @Inject private transient Invocations invocations;
  @Inject private transient UnderWay underWay;

  @AroundInvoke
  Object around(InvocationContext context) throws Exception {
    if (context.getParameters().length == 0
        || !(context.getParameters()[0] instanceof FunctionCall call)) {
      // No function, of a class that carries the annotation; else FunctionShape has warned of it.
      return context.proceed();
    }
    RetellFunction function = FunctionMethods.annotation(context.getMethod());
    String path = FunctionMethods.path(context.getMethod());
    long start = System.nanoTime();
    Thread own = Thread.currentThread();
    Trace trace = Trace.here();
    call.callId().ifPresent(trace::callId);
    call.callSid().ifPresent(trace::callSid);
    return underWay.watch(
        registeredCalls
            .complete(call)
            .thenApply(known -> named(function, path, known))
            .thenCompose(
                named ->
                    AnswerFirst.then(
                        answer(context, function, named, own),
                        answer -> {
                          // RESTEasy answers twice when an answer cannot be written.
                          Objects.requireNonNull(answer.body(), "an answer without a body");
                          Duration took = Duration.ofNanos(System.nanoTime() - start);
                          meters.answered(path, answer.outcome(), took);
                          boolean builtIn = FunctionMethods.builtIn(context.getMethod());
                          return () ->
                              report(path, named, answer, took, builtIn, function.effect());
                        })));
  }

  static FunctionCall named(RetellFunction function, String path, FunctionCall call) {
    FunctionCall named =
        function.effect() == Effect.NONE
            ? call
            : call.causing(OnlyOnce.effect(path, function, call));
    return named.withoutTranscript();
  }

  private CompletionStage<Answer> answer(
      InvocationContext context, RetellFunction function, FunctionCall call, Thread own) {
    Object[] parameters = context.getParameters();
    parameters[0] = call;
    context.setParameters(parameters);
    return switch (function.effect()) {
      case NONE, OWED, OWED_LATEST -> withinBudget(context, function, call, own);
      case ONCE, ONCE_PER_CONTENT, ONCE_PER_TOOL ->
          onlyOnce.run(call.effect(), () -> withinBudget(context, function, call, own));
    };
  }

  private CompletionStage<Answer> withinBudget(
      InvocationContext context, RetellFunction function, FunctionCall call, Thread own) {
    Duration budget = settings.get(Catalogue.FUNCTION_BUDGET).plus(call.allowedDelay());
    // Behind the ledger this is one of the ledger's few threads, or a timer's.
    CompletionStage<Answer> answer =
        Thread.currentThread() == own
            ? proceed(context, function, call)
            : threads.run(() -> proceed(context, function, call), budget);
    CompletionStage<Answer> spoken =
        Deadline.within(budget, answer, timers.scheduler())
            .exceptionally(thrown -> Speech.answer(thrown, function.effect()));
    return call.modelReads() ? spoken : spoken.thenApply(Answer::byStatus);
  }

  @SuppressWarnings("unchecked") // the annotation's contract
  private static CompletionStage<Answer> proceed(
      InvocationContext context, RetellFunction function, FunctionCall call) {
    try {
      return OwnLoader.keep((CompletionStage<Answer>) context.proceed());
    } catch (Throwable e) {
      // Errors too: a jar without what it depends on must not leave its claim behind.
      return CompletableFuture.completedStage(
          Speech.atOnce(e, function.effect(), call.modelReads()));
    }
  }

  /** What only operators need to know, else what the bridge itself told the agent. */
  private static String why(Answer answer, boolean builtIn) {
    String told = builtIn ? Outline.reason(answer) : "";
    String why = answer.cause().isEmpty() ? told : answer.cause();
    return why.isEmpty() ? "" : ", " + why;
  }

  /** Tells this invocation from others in the journal. */
  private static String journalKey(FunctionCall call) {
    String signed = call.origin().signature();
    return call.namedEffect()
        .map(EffectId::key)
        .orElse(signed.substring(Math.max(0, signed.length() - LONGEST_KEY)));
  }

  private void report(
      String path,
      FunctionCall call,
      Answer answer,
      Duration took,
      boolean builtIn,
      Effect effect) {
    String outcome = answer.outcome().label();
    invocations.record(
        journalKey(call),
        path + " " + Names.shown(call.name()),
        call.callId(),
        outcome,
        took,
        Outline.of(call.arguments()),
        Outline.of(answer, builtIn, effect),
        AnswerText.of(answer.body()).length());
    LOGGER.log(
        answer.cause().isEmpty() ? INFO : WARNING,
        () ->
            "function "
                + path
                + " name="
                + Names.shown(call.name())
                + " callSid="
                + call.callSid().map(Object::toString).orElse("-")
                + " callId="
                + call.callId().map(Object::toString).orElse("-")
                + ": "
                + outcome
                + " in "
                + took.toMillis()
                + " ms"
                + why(answer, builtIn));
  }
}
