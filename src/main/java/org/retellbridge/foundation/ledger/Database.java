package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs work in transactions on the ledger's own threads, notices when the database is gone and
 * comes back by itself. Whoever asks while it is gone is refused at once instead of waiting.
 */
final class Database implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONG_PATIENCE = Duration.ofSeconds(30);
  private static final String LATE = "the database did not answer in time";
  static final String NO_THREAD = "the server has no thread for the ledger";
  private static final String TOO_MUCH = "the ledger has too much to do";
  private static final int TOGETHER = 256;
  private static final int ASIDE = 2;

  private final Opening opening;
  private final Executor executor;
  private final ScheduledExecutorService timers;
  private final AtomicBoolean probing = new AtomicBoolean();
  private final Turns turns;
  private final Turns aside;

  /** Until it is known whether it opens, work waits: what came first must not go unrecorded. */
  private volatile boolean looked;

  Database(Place place, DataKey key, Executor executor, ScheduledExecutorService timers) {
    this.opening = new Opening(place, key);
    this.executor = executor;
    this.timers = timers;
    Transactions transactions = new Transactions(opening, this::probe);
    // A file of H2 takes a write for each commit, whatever is in it, and one at a time. PostgreSQL
    // takes many, and rows that are locked longer than needed would make other nodes wait.
    this.turns =
        place.exclusive()
            ? new Turns(executor, 1, TOGETHER, transactions::work)
            : new Turns(executor, Pools.SIZE, 1, transactions::work);
    this.aside = place.exclusive() ? new Turns(executor, ASIDE, 1, transactions::work) : turns;
  }

  /** One piece of work on the database; it may be run again when a transaction has to yield. */
  interface Work<T> {
    T on(Tables tables);
  }

  /** Something that is done every few seconds, and the first time before anybody else is let in. */
  interface Beat {
    /** {@code opened}: whether the database was just opened. */
    void on(Tables tables, boolean opened);
  }

  void onBeat(Beat beat) {
    opening.onBeat(beat);
  }

  /** Empty when it is up; else why it is not. */
  Optional<String> down() {
    return opening.down();
  }

  /** Whether it is known yet, for the first time, if it opens. */
  boolean looked() {
    return looked;
  }

  Optional<Dialect> dialect() {
    return opening.dialect();
  }

  Place place() {
    return opening.place();
  }

  /** Fails with {@link LedgerDown} and nothing else; in time even if the database hangs. */
  <T> CompletionStage<T> run(Work<T> work) {
    return run(work, turns, PATIENCE);
  }

  /** The same for work that takes its time: the short pieces do not wait for it. */
  <T> CompletionStage<T> aside(Work<T> work) {
    return run(work, aside, LONG_PATIENCE);
  }

  private <T> CompletionStage<T> run(Work<T> work, Turns where, Duration patience) {
    Piece<T> piece = new Piece<>(work);
    Optional<String> reason = opening.down();
    if (looked && reason.isPresent()) {
      piece.fail(new LedgerDown(reason.get()));
      return piece.result();
    }
    if (!where.add(piece)) {
      piece.fail(new LedgerDown(TOO_MUCH));
      return piece.result();
    }
    if (looked) {
      where.go();
    }
    limit(piece, patience);
    return piece.result();
  }

  /** Looks whether the database can be written, and opens it when it is not open. */
  void look() {
    try {
      opening.look();
    } finally {
      letIn();
    }
  }

  /** The same on one of the ledger's threads, one look at a time. */
  void probe() {
    if (opening.closed() || !probing.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(
          () -> {
            try {
              look();
            } finally {
              probing.set(false);
            }
          });
    } catch (RuntimeException | Error e) {
      // Also where there is no thread to be had just then: the next probe shall try.
      probing.set(false);
    }
  }

  @Override
  public void close() {
    opening.close();
    letIn();
  }

  /** It is known now whether it opens. */
  private void letIn() {
    looked = true;
    turns.go();
    aside.go();
  }

  private void limit(Piece<?> piece, Duration patience) {
    try {
      ScheduledFuture<?> limit =
          timers.schedule(() -> giveUp(piece), patience.toMillis(), TimeUnit.MILLISECONDS);
      piece.result().whenComplete((value, thrown) -> limit.cancel(false));
    } catch (RejectedExecutionException e) {
      piece.fail(new LedgerDown("closed", e));
    } catch (RuntimeException | Error e) {
      piece.fail(new LedgerDown(NO_THREAD, e));
    }
  }

  /**
   * Whoever only waited for a turn says nothing of the database. Whoever is told that it hangs
   * finds it down as well.
   */
  private void giveUp(Piece<?> piece) {
    if (!piece.begun()) {
      piece.fail(new LedgerDown(TOO_MUCH));
    } else if (!piece.over()) {
      opening.fell(LATE);
      piece.fail(new LedgerDown(LATE));
      probe();
    }
  }
}
