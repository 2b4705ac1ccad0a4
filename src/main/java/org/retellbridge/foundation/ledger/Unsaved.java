package org.retellbridge.foundation.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Outcomes that the ledger could not take; they follow when it is back. */
final class Unsaved {
  private static final int MOST = 10_000;

  /** Of which nothing came: they must not take the place of what was done. */
  private static final int MOST_OPEN = MOST / 10;

  private static final int AT_ONCE = 200;

  private final Database database;
  private final EffectRows rows;
  private final Counters counters;
  private final Map<String, Entry> waiting = new ConcurrentHashMap<>();

  /** One after the other: what is written twice might end what was begun in between. */
  private CompletionStage<Void> last = CompletableFuture.completedFuture(null);

  Unsaved(Database database, EffectRows rows, Counters counters) {
    this.database = database;
    this.rows = rows;
    this.counters = counters;
  }

  /** Completes when the outcome is in the ledger, or waits here for it. */
  CompletionStage<Void> save(EffectId effect, String id, Outcome outcome, long begun) {
    return database
        .run(tables -> rows.finish(tables, id, outcome))
        .handle(
            (saved, thrown) -> {
              if (thrown != null) {
                add(new Entry(effect, Optional.of(id), outcome, begun));
              }
              return null;
            });
  }

  /**
   * An effect that the ledger does not even know of, as far as this node knows. Also when nothing
   * happened: a claim that was given up on for being late may be written all the same, and would
   * live as long as this process.
   *
   * @param begun in milliseconds: what is the same is counted as a repeat from there, however late
   *     the ledger hears of it
   */
  void add(EffectId effect, Outcome outcome, long begun) {
    add(new Entry(effect, Optional.empty(), outcome, begun));
  }

  /** Tries again; called every few seconds. */
  CompletionStage<Void> flush() {
    return write(waiting.entrySet().stream().limit(AT_ONCE).toList());
  }

  /** Writes all that is there, if the database is up. */
  CompletionStage<Void> flushAll() {
    return flush()
        .thenCompose(
            done ->
                waiting.isEmpty() || database.down().isPresent()
                    ? CompletableFuture.completedFuture(null)
                    : flushAll());
  }

  /**
   * Completes, and never fails, when nothing of the same effect waits here any more or the ledger
   * cannot take it. To be awaited before it is claimed anew: the outcome of the last attempt would
   * be taken for the next one's.
   */
  CompletionStage<Void> settle(EffectId effect) {
    if (waiting.isEmpty() || database.down().isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    Predicate<Entry> same = sameAs(effect);
    return write(waiting.entrySet().stream().filter(entry -> same.test(entry.getValue())).toList())
        .exceptionally(ledgerDown -> null);
  }

  /**
   * Forgets that nothing came of earlier attempts: told now, it would end the one that has just
   * been claimed, and another node would begin it too.
   */
  void begun(EffectId effect) {
    if (!waiting.isEmpty()) {
      Predicate<Entry> same = sameAs(effect);
      waiting.values().removeIf(entry -> entry.open() && same.test(entry));
    }
  }

  /** Keys are digests: of ten thousand they are not made anew for each effect. */
  private static Predicate<Entry> sameAs(EffectId effect) {
    String key = effect.key();
    Optional<String> content = effect.contentKey();
    return entry ->
        entry.key().equals(key) || content.isPresent() && content.equals(entry.content());
  }

  private synchronized CompletionStage<Void> write(List<Map.Entry<String, Entry>> some) {
    if (some.isEmpty() || database.down().isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    last = last.exceptionally(ledgerDown -> null).thenCompose(before -> writeNow(some));
    return last;
  }

  private CompletionStage<Void> writeNow(List<Map.Entry<String, Entry>> some) {
    return database
        .run(
            tables -> {
              some.stream()
                  .filter(entry -> waiting.get(entry.getKey()) == entry.getValue())
                  .forEach(entry -> write(tables, entry.getValue()));
              return null;
            })
        .thenAccept(
            done -> some.forEach(entry -> waiting.remove(entry.getKey(), entry.getValue())));
  }

  int size() {
    return waiting.size();
  }

  private void add(Entry entry) {
    if (entry.open() && waiting.size() >= MOST_OPEN) {
      return;
    }
    if (waiting.size() >= MOST) {
      counters.dropped("outcome");
      return;
    }
    waiting.put(entry.key(), entry);
  }

  private void write(Tables tables, Entry entry) {
    if (entry.id().isPresent()) {
      rows.finish(tables, entry.id().get(), entry.outcome());
      return;
    }
    try {
      Claim claim = rows.claim(tables, entry.effect(), entry.begun());
      if (claim instanceof Claim.Mine mine) {
        rows.finish(tables, mine.id(), entry.outcome());
      }
      // The claim that was given up on for being late may have been written all the same.
      if (claim instanceof Claim.Busy busy) {
        rows.finish(tables, busy.id(), entry.outcome());
      }
    } catch (LedgerDown e) {
      // It is over, with an answer that a lost key sealed: that must not stop the others.
    }
  }

  private record Entry(
      EffectId effect,
      String key,
      Optional<String> content,
      Optional<String> id,
      Outcome outcome,
      long begun) {
    Entry(EffectId effect, Optional<String> id, Outcome outcome, long begun) {
      this(effect, effect.key(), effect.contentKey(), id, outcome, begun);
    }

    boolean open() {
      return State.of(outcome) == State.OPEN;
    }
  }
}
