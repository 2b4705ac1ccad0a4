package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchWriterTest {
  private static final String BAD = "bad";

  private final AtomicInteger errors = new AtomicInteger();
  private final List<String> kept = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  @TempDir Path folder;

  /** Such as memory that a large batch did not get. */
  @Test
  void losesNothingOfABatchThatEndsInAnError() {
    try (Books books = Books.open(Books.h2(folder))) {
      long dropped = write(books, this::shortOfMemory, 1, List.of("a", "b"));
      assertThat(kept).containsExactly("a", "b");
      assertThat(dropped).isZero();
    }
  }

  /** As long as the heap is full each record meets what the batch met; more wait than one takes. */
  @Test
  void losesNothingWhereEachRecordEndsInTheErrorAsWell() {
    List<String> texts = IntStream.range(0, 1_500).mapToObj(Integer::toString).toList();
    try (Books books = Books.open(Books.h2(folder))) {
      long dropped = write(books, this::shortOfMemory, 9, texts);
      assertThat(kept).isEqualTo(texts);
      assertThat(told).isEqualTo(texts);
      assertThat(dropped).isZero();
    }
  }

  @Test
  void keepsTheOrderOfThoseAfterARecordThatEndsInAnError() {
    try (Books books = Books.open(Books.h2(folder))) {
      long dropped = write(books, this::shortForBad, 9, List.of("a", BAD, "c", "d"));
      assertThat(kept).containsExactly("a", BAD, "c", "d");
      assertThat(told).isEqualTo(kept);
      assertThat(dropped).isZero();
    }
  }

  @Test
  void doesNotWaitForEverForARecordThatAlwaysEndsInAnError() {
    try (Books books = Books.open(Books.h2(folder))) {
      long dropped =
          write(books, this::shortForBad, Integer.MAX_VALUE, List.of("a", BAD, "c", "d"));
      assertThat(kept).containsExactly("a", "c", "d");
      assertThat(Integer.MAX_VALUE - errors.get()).as("tries").isEqualTo(60);
      assertThat(dropped).isEqualTo(1);
    }
  }

  /** It would be refused for ever. */
  @Test
  void dropsARecordThatIsWrong() {
    try (Books books = Books.open(Books.h2(folder))) {
      long dropped = write(books, this::wrongForBad, 0, List.of("a", BAD, "c"));
      assertThat(kept).containsExactly("a", "c");
      assertThat(dropped).isEqualTo(1);
    }
  }

  /** How many were dropped. */
  private long write(Books books, Consumer<List<String>> check, int errors, List<String> texts) {
    this.errors.set(errors);
    BiConsumer<Tables, List<String>> write =
        (tables, some) -> {
          check.accept(some);
          kept.addAll(some);
        };
    Counters counters = new Counters(books.metrics);
    BatchWriter<String> writer =
        new BatchWriter<>(
            "text", 2_000, Duration.ZERO, books.ledger.database, counters, write, told::addAll);
    texts.forEach(writer::add);
    Books.get(writer.flushAll());
    assertThat(writer.idle()).isTrue();
    assertThat(books.ledger.state().up()).isTrue();
    return counters.dropped();
  }

  private void shortOfMemory(List<String> texts) {
    if (errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new NoMemory();
    }
  }

  private void shortForBad(List<String> texts) {
    if (texts.contains(BAD)) {
      shortOfMemory(texts);
    }
  }

  private void wrongForBad(List<String> texts) {
    if (texts.contains(BAD)) {
      throw new IllegalArgumentException(BAD);
    }
  }

  /** Not an {@code OutOfMemoryError}: where one escapes, JUnit ends the whole run. */
  private static final class NoMemory extends InternalError {
    private static final long serialVersionUID = 1L;

    NoMemory() {
      super("no memory");
    }

    /** The log is short as well. */
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
