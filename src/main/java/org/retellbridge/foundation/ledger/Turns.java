package org.retellbridge.foundation.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Where pieces of work wait for one of a few threads, which takes all that is there up to a limit:
 * while one transaction is committed the next one gathers.
 */
final class Turns {
  /** More is refused at once, and goes on without the ledger. */
  private static final int QUEUE = 5_000;

  private final Executor executor;
  private final int atOnce;
  private final Consumer<List<Piece<?>>> work;
  private final Semaphore desks;
  private final BlockingQueue<Piece<?>> waiting = new ArrayBlockingQueue<>(QUEUE);

  /**
   * @param desks how many threads work at the same time
   * @param atOnce how many pieces one of them takes
   * @param work what it does with them; never throws
   */
  Turns(Executor executor, int desks, int atOnce, Consumer<List<Piece<?>>> work) {
    this.executor = executor;
    this.desks = new Semaphore(desks);
    this.atOnce = atOnce;
    this.work = work;
  }

  /** False when too many wait already. */
  boolean add(Piece<?> piece) {
    return waiting.offer(piece);
  }

  /** Sees to it that somebody works as long as there is work. */
  void go() {
    while (!waiting.isEmpty() && desks.tryAcquire()) {
      try {
        executor.execute(this::serve);
      } catch (RejectedExecutionException e) {
        refuse(new LedgerDown("the ledger is closed", e));
      } catch (RuntimeException | Error e) {
        refuse(new LedgerDown(Database.NO_THREAD, e));
      }
    }
  }

  private void refuse(LedgerDown reason) {
    desks.release();
    next().forEach(piece -> piece.fail(reason));
  }

  private void serve() {
    try {
      for (List<Piece<?>> some = next(); !some.isEmpty(); some = next()) {
        work.accept(some);
      }
    } finally {
      desks.release();
    }
    // What came between the last look and the release.
    go();
  }

  private List<Piece<?>> next() {
    List<Piece<?>> some = new ArrayList<>();
    waiting.drainTo(some, atOnce);
    return some;
  }
}
