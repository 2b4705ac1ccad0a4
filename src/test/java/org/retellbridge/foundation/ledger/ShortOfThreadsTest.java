package org.retellbridge.foundation.ledger;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine gives no thread for once; what comes later is served as ever. Java throws an {@code
 * OutOfMemoryError} then, which is none here: where one escapes, JUnit ends the whole run.
 */
class ShortOfThreadsTest {
  private final AtomicBoolean hadNone = new AtomicBoolean();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  /** Fails at the first time only. */
  private void hasNoneOnce() {
    if (hadNone.compareAndSet(false, true)) {
      throw new InternalError("unable to create native thread");
    }
  }

  private Executor executor() {
    return work -> {
      hasNoneOnce();
      work.run();
    };
  }

  @Test
  void goesOnWithWhatIsDoneAgainAndAgain() throws Exception {
    CountDownLatch done = new CountDownLatch(2);
    Rhythm rhythm = new Rhythm(timers);
    rhythm.every(
        Duration.ofMillis(1),
        () -> {
          hasNoneOnce();
          done.countDown();
        });
    assertThat(done.await(10, SECONDS)).isTrue();
    rhythm.stop();
  }

  @Test
  void servesThePieceAfterTheOneThatFailed() {
    Turns turns = new Turns(executor(), 1, 1, ShortOfThreadsTest::serve);
    Piece<String> first = new Piece<>(tables -> "first");
    Piece<String> second = new Piece<>(tables -> "second");

    turns.add(first);
    turns.go();
    turns.add(second);
    turns.go();

    assertThat(first.result())
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withRootCauseInstanceOf(InternalError.class)
        .withMessageContaining("no thread for the ledger");
    assertThat(second.result()).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("second");
  }

  private static void serve(List<Piece<?>> pieces) {
    for (Piece<?> piece : pieces) {
      piece.on(null);
      piece.tell();
    }
  }

  @Test
  void looksForTheDatabaseAgain() {
    LedgerConfig config = Books.h2(folder);
    try (Database database = new Database(config.place(), config.key(), executor(), timers)) {
      database.probe();
      assertThat(database.down()).isPresent();
      database.probe();
      assertThat(database.down()).isEmpty();
    }
  }
}
