package org.retellbridge.foundation.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Writes later, many at once: whoever hands something in never waits. What does not fit is dropped
 * and counted; what the database does not take now is kept for the next time.
 */
final class BatchWriter<T> {
  private static final int AT_ONCE = 200;

  private final String what;
  private final Database database;
  private final Counters counters;
  private final BiConsumer<Tables, List<T>> write;
  private final BlockingQueue<T> queue;
  private final AtomicBoolean writing = new AtomicBoolean();
  private volatile List<T> batch = List.of();

  BatchWriter(
      String what,
      int most,
      Database database,
      Counters counters,
      BiConsumer<Tables, List<T>> write) {
    this.what = what;
    this.database = database;
    this.counters = counters;
    this.write = write;
    this.queue = new ArrayBlockingQueue<>(most);
  }

  void add(T record) {
    if (!queue.offer(record)) {
      counters.dropped(what);
    }
  }

  /** Writes what is there, in order; called several times a second. */
  CompletionStage<Void> flush() {
    if (queue.isEmpty() && batch.isEmpty()
        || database.down().isPresent()
        || !writing.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    if (batch.isEmpty()) {
      List<T> next = new ArrayList<>();
      queue.drainTo(next, AT_ONCE);
      batch = next;
    }
    List<T> current = batch;
    return database
        .run(
            tables -> {
              write.accept(tables, current);
              return null;
            })
        .handle(
            (done, thrown) -> {
              if (thrown == null || database.down().isEmpty()) {
                countLost(thrown, current.size());
                batch = List.of();
              }
              writing.set(false);
              return thrown == null && !queue.isEmpty();
            })
        .thenCompose(more -> more ? flush() : CompletableFuture.completedFuture(null));
  }

  /** Whether all that was handed in is written. */
  boolean idle() {
    return queue.isEmpty() && batch.isEmpty() && !writing.get();
  }

  /** The database is up and still refused: the same records would be refused for ever. */
  private void countLost(Throwable thrown, int size) {
    for (int i = 0; thrown != null && i < size; i++) {
      counters.dropped(what);
    }
  }
}
