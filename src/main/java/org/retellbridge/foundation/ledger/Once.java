package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.retellbridge.foundation.ledger.Claim.Busy;
import org.retellbridge.foundation.ledger.Claim.Mine;
import org.retellbridge.foundation.ledger.Claim.Over;

/**
 * Makes an effect happen once: the first one who wants it runs it, everybody else gets the first
 * one's answer, on this node and on the others, now and later. While the ledger is down that holds
 * for this node and its memory only, and is counted.
 */
public final class Once {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Database database;
  private final EffectRows rows;
  private final RecentAnswers recent;
  private final Unsaved unsaved;
  private final Counters counters;
  private final Pause pause;
  private final Duration patience;
  private final Lease lease;
  private final Map<String, CompletableFuture<String>> running = new ConcurrentHashMap<>();

  /**
   * @param patience how long a repeat waits for another node's work
   */
  Once(
      Database database,
      EffectRows rows,
      RecentAnswers recent,
      Unsaved unsaved,
      Counters counters,
      Pause pause,
      Duration patience,
      Lease lease) {
    this.database = database;
    this.rows = rows;
    this.recent = recent;
    this.unsaved = unsaved;
    this.counters = counters;
    this.pause = pause;
    this.patience = patience;
    this.lease = lease;
  }

  /**
   * Runs the work unless it was run, and completes with the answer; never exceptionally. Work that
   * fails with an exception counts as {@link Outcome.Unknown}.
   */
  public CompletionStage<String> run(EffectId effect, Supplier<CompletionStage<Outcome>> work) {
    Optional<String> known = remembered(effect);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> same = running.putIfAbsent(effect.key(), answer);
    if (same != null) {
      return same.copy();
    }
    afterSameContent(effect, answer)
        .thenCompose(
            ready ->
                remembered(effect)
                    .<CompletionStage<String>>map(CompletableFuture::completedFuture)
                    .orElseGet(() -> claim(effect, work, lease.now())))
        .exceptionally(thrown -> effect.kind().unconfirmed())
        .thenAccept(
            text -> {
              running.remove(effect.key(), answer);
              effect.contentKey().ifPresent(key -> running.remove(key, answer));
              answer.complete(text);
            });
    return answer.copy();
  }

  /** What this node did lately. */
  RecentAnswers recent() {
    return recent;
  }

  /** What this node remembers and may answer without asking the ledger. */
  Optional<String> remembered(EffectId effect) {
    return recent.ofInvocation(effect).or(() -> recent.ofContentUnsaved(effect));
  }

  /**
   * The model repeats itself under a new id while the first is still at it. Nothing may have come
   * of that one, so all who waited go on one after the other.
   */
  private CompletionStage<?> afterSameContent(EffectId effect, CompletableFuture<String> answer) {
    return effect
        .contentKey()
        .map(key -> running.putIfAbsent(key, answer))
        .<CompletionStage<?>>map(same -> same.thenCompose(text -> afterSameContent(effect, answer)))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private CompletionStage<String> claim(
      EffectId effect, Supplier<CompletionStage<Outcome>> work, long since) {
    return unsaved
        .settle(effect)
        .thenCompose(settled -> database.run(tables -> rows.claim(tables, effect, lease.now())))
        .handle(
            (claim, thrown) ->
                thrown == null ? follow(claim, effect, work, since) : withoutLedger(effect, work))
        .thenCompose(answer -> answer);
  }

  private CompletionStage<String> follow(
      Claim claim, EffectId effect, Supplier<CompletionStage<Outcome>> work, long since) {
    if (claim instanceof Over over) {
      return CompletableFuture.completedFuture(repeated(effect, over));
    }
    if (claim instanceof Busy busy) {
      return lease.now() - since > patience.toMillis()
          ? CompletableFuture.completedFuture(effect.kind().unconfirmed())
          : pause.then(POLL, () -> waitFor(busy, effect, work, since));
    }
    long begun = lease.now();
    String id = ((Mine) claim).id();
    unsaved.begun(effect);
    return outcome(effect, work)
        .thenCompose(
            outcome -> {
              remember(effect, outcome, begun, true);
              return unsaved.save(effect, id, outcome, begun).thenApply(saved -> outcome.answer());
            });
  }

  /** Another one's work: its answer, or its lapsed lease, whichever comes first. */
  private CompletionStage<String> waitFor(
      Busy busy, EffectId effect, Supplier<CompletionStage<Outcome>> work, long since) {
    return database
        .run(tables -> rows.look(tables, busy.id()))
        .exceptionally(thrown -> busy)
        .thenCompose(
            claim ->
                claim instanceof Mine || claim instanceof Over && effect.kind().harmlessTwice()
                    ? claim(effect, work, since)
                    : follow(claim, effect, work, since));
  }

  private String repeated(EffectId effect, Over over) {
    recent.repeated(effect, over.answer());
    return over.answer();
  }

  private CompletionStage<String> withoutLedger(
      EffectId effect, Supplier<CompletionStage<Outcome>> work) {
    Optional<String> known = recent.ofInvocation(effect).or(() -> recent.ofContent(effect));
    if (known.isPresent()) {
      recent.repeated(effect, known.get());
      return CompletableFuture.completedFuture(known.get());
    }
    counters.degraded("once");
    long begun = lease.now();
    return outcome(effect, work)
        .thenApply(
            outcome -> {
              remember(effect, outcome, begun, false);
              unsaved.add(effect, outcome, begun);
              return outcome.answer();
            });
  }

  private CompletionStage<Outcome> outcome(
      EffectId effect, Supplier<CompletionStage<Outcome>> work) {
    CompletionStage<Outcome> run;
    try {
      run = work.get();
    } catch (RuntimeException | Error e) {
      run = CompletableFuture.failedStage(e);
    }
    return run.exceptionally(thrown -> new Outcome.Unknown(effect.kind().unconfirmed()))
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Unknown) {
                counters.unknown(effect.kind().name());
              }
              return outcome;
            });
  }

  private void remember(EffectId effect, Outcome outcome, long begun, boolean saved) {
    if (State.of(outcome) != State.OPEN) {
      boolean again = outcome instanceof Outcome.Unknown && effect.kind().harmlessTwice();
      recent.keep(again ? effect.byInvocation() : effect, outcome.answer(), begun, saved);
    }
  }
}
