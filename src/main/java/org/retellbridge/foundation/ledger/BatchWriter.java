package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes later, many at once: whoever hands something in never waits. What does not fit is dropped
 * and counted; what the database does not take now is kept for the next time.
 */
final class BatchWriter<T> {
  private static final int AT_ONCE = 8_000;

  /**
   * In one transaction. Of one that changes much, H2 writes pages before its end and changes them
   * once more at its end: with 8,000 a call cost the ledger a tenth more.
   */
  private static final int TOGETHER = 600;

  /** It rests this many times as long as a batch took: under load batches become large. */
  private static final int REST = 9;

  private static final long LONGEST_REST_NANOS = 2_000_000_000L;

  private final long leastRestNanos;
  private final String what;
  private final Database database;
  private final Counters counters;
  private final BiConsumer<Tables, List<T>> write;
  private final OneByOne<T> oneByOne;
  private final Consumer<List<T>> written;
  private final BlockingQueue<T> queue;
  private final OneAtATime writing = new OneAtATime();
  private volatile List<T> batch = List.of();

  private volatile long restUntil = System.nanoTime();

  /**
   * @param rest how long it rests at least, so that what belongs together comes together
   * @param written is told what is in the database now
   */
  BatchWriter(
      String what,
      int most,
      Duration rest,
      Database database,
      Counters counters,
      BiConsumer<Tables, List<T>> write,
      Consumer<List<T>> written) {
    this.what = what;
    this.leastRestNanos = rest.toNanos();
    this.database = database;
    this.counters = counters;
    this.write = write;
    this.oneByOne = new OneByOne<>(write);
    this.written = written;
    this.queue = new ArrayBlockingQueue<>(most);
    counters.expectDropped(what);
  }

  void add(T record) {
    if (!queue.offer(record)) {
      counters.dropped(what);
    }
  }

  /** Writes some of what is there, in order, unless it rests; called several times a second. */
  CompletionStage<Void> flush() {
    boolean rests = System.nanoTime() - restUntil < 0 && queue.size() < AT_ONCE;
    return rests ? CompletableFuture.completedFuture(null) : step();
  }

  /** Writes all that is there, if the database is up. */
  CompletionStage<Void> flushAll() {
    return step()
        .thenCompose(
            done ->
                idle() || database.down().isPresent()
                    ? CompletableFuture.completedFuture(null)
                    : flushAll());
  }

  /** Whether all that was handed in is written. */
  boolean idle() {
    return queue.isEmpty() && batch.isEmpty() && writing.idle();
  }

  private CompletionStage<Void> step() {
    return writing.run(this::writeSome, done -> {});
  }

  private CompletionStage<Void> writeSome() {
    if (batch.isEmpty()) {
      take(TOGETHER);
    }
    if (batch.isEmpty() || database.down().isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    long begun = System.nanoTime();
    return writeWith(Math.min(queue.size(), AT_ONCE))
        .whenComplete(
            (done, thrown) -> {
              long now = System.nanoTime();
              long rest =
                  oneByOne.waits()
                      ? LONGEST_REST_NANOS
                      : Math.min(LONGEST_REST_NANOS, (now - begun) * REST);
              restUntil = now + Math.max(leastRestNanos, rest);
            });
  }

  private void take(int most) {
    List<T> next = new ArrayList<>();
    // First, since memory may end while they are taken: what was taken by then is in the batch.
    batch = next;
    queue.drainTo(next, most);
  }

  /** The batch, and so many of those that wait; those that come meanwhile gather for later. */
  private CompletionStage<Void> writeWith(int more) {
    return write(batch)
        .thenCompose(
            done -> {
              if (more <= 0 || !batch.isEmpty()) {
                return CompletableFuture.completedFuture(null);
              }
              take(Math.min(more, TOGETHER));
              return writeWith(more - batch.size());
            });
  }

  private CompletionStage<Void> write(List<T> records) {
    return database
        .aside(
            tables -> {
              write.accept(tables, records);
              return new OneByOne.Left<T>(List.of(), 0);
            })
        .handle(
            (none, thrown) ->
                thrown != null && OneByOne.helps(thrown)
                    ? database.aside(tables -> oneByOne.write(tables, records))
                    : thrown == null
                        ? CompletableFuture.completedStage(none)
                        : CompletableFuture.<OneByOne.Left<T>>failedStage(thrown))
        .thenCompose(result -> result)
        .thenAccept(left -> settled(records, left));
  }

  private void settled(List<T> records, OneByOne.Left<T> left) {
    int done = records.size() - left.records().size();
    batch = left.records();
    oneByOne.settled(left, done);
    written.accept(records.subList(0, done));
    for (int i = 0; i < left.refused(); i++) {
      counters.dropped(what);
    }
  }
}
