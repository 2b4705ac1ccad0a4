package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.Logged;

class DatabaseClockTest {
  private static final Duration MUCH = Duration.ofHours(1);

  @TempDir Path folder;

  @Test
  void saysOnceByHowMuchItIsWrong() {
    try (Books books = Books.open(postgres(Clock.systemUTC()));
        Logged log = Logged.by(DatabaseClock.class)) {
      DatabaseClock ahead = new DatabaseClock(Clock.offset(Clock.systemUTC(), MUCH));
      compare(books, ahead);
      compare(books, ahead);
      assertThat(ahead.ahead().orElseThrow()).isCloseTo(MUCH, Duration.ofMinutes(1));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .matches("WARNING This node's clock is 3[56]\\d\\d s ahead of the database's: .*NTP.*");
      DatabaseClock behind = new DatabaseClock(Clock.offset(Clock.systemUTC(), MUCH.negated()));
      compare(books, behind);
      assertThat(behind.ahead().orElseThrow()).isCloseTo(MUCH.negated(), Duration.ofMinutes(1));
      assertThat(log.lines().get(1)).contains(" s behind the database's");
    }
  }

  @Test
  void saysThatItIsRightAgainAndThenThatItIsWrongAgain() {
    try (Books books = Books.open(postgres(Clock.systemUTC()));
        Logged log = Logged.by(DatabaseClock.class)) {
      Watch watch = new Watch();
      Duration off = Duration.between(watch.instant(), Clock.systemUTC().instant());
      DatabaseClock clock = new DatabaseClock(watch);
      for (Duration step : List.of(Duration.ZERO, off, MUCH)) {
        watch.forward(step);
        compare(books, clock);
      }
      assertThat(log.lines())
          .extracting(line -> line.split(" ")[0])
          .containsExactly("WARNING", "INFO", "WARNING");
    }
  }

  @Test
  void standsInTheState() {
    try (Books books = Books.open(postgres(Clock.offset(Clock.systemUTC(), MUCH)))) {
      assertThat(books.ledger.state().ahead().orElseThrow()).isCloseTo(MUCH, Duration.ofMinutes(1));
    }
    try (Books books = Books.open(Books.h2(folder))) {
      assertThat(books.ledger.state().ahead()).as("it is this process's own").isEmpty();
    }
  }

  private LedgerConfig postgres(Clock clock) {
    return Books.config(new DatabaseAt(PostgresServer.database()), folder, clock);
  }

  private static void compare(Books books, DatabaseClock clock) {
    Books.get(
        books.ledger.database.run(
            tables -> {
              clock.compare(tables);
              return 0;
            }));
  }
}
