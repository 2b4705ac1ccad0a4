package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchWriterTest {
  private final AtomicBoolean failed = new AtomicBoolean();
  private final List<String> written = new CopyOnWriteArrayList<>();
  @TempDir Path folder;

  /** Such as memory that a large batch did not get. */
  @Test
  void losesNothingOfABatchThatEndsInAnError() {
    try (Books books = Books.open(Books.h2(folder))) {
      BatchWriter<String> writer = writer(books);
      writer.add("a");
      writer.add("b");
      Books.get(writer.flushAll());
      assertThat(written).containsExactly("a", "b");
      assertThat(writer.idle()).isTrue();
      assertThat(books.ledger.state().up()).isTrue();
      assertThat(books.ledger.state().dropped()).isZero();
    }
  }

  private BatchWriter<String> writer(Books books) {
    return new BatchWriter<>(
        "text",
        100,
        Duration.ZERO,
        books.ledger.database,
        new Counters(books.metrics),
        this::failOnce,
        written::addAll);
  }

  private void failOnce(Tables tables, List<String> texts) {
    if (failed.compareAndSet(false, true)) {
      throw new InternalError("no memory for all of them");
    }
  }
}
