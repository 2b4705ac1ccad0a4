package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How far this node's clock is from that of the database where the nodes meet. By its own clock a
 * node judges whether another one's claims have lapsed.
 */
final class DatabaseClock {
  private static final System.Logger LOGGER = System.getLogger(DatabaseClock.class.getName());

  /** A third of a {@link Lease}. */
  private static final Duration ALLOWED = Lease.USUAL.dividedBy(3);

  private static final String NOW =
      "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

  private final Clock clock;
  private volatile Optional<Duration> ahead = Optional.empty();
  private boolean told;

  DatabaseClock(Clock clock) {
    this.clock = clock;
  }

  /**
   * Negative when it is behind; empty for a database in this process, and before the first look.
   */
  Optional<Duration> ahead() {
    return ahead;
  }

  /** Called at each beat, one at a time. */
  void compare(Tables tables) {
    if (tables.dialect() != Dialect.POSTGRESQL) {
      return;
    }
    long asked = clock.millis();
    long there = tables.handle().createQuery(NOW).mapTo(Long.class).one();
    long answered = clock.millis();
    Duration difference =
        Duration.ofMillis(there < asked ? asked - there : there > answered ? answered - there : 0);
    ahead = Optional.of(difference);
    tell(difference);
  }

  /** Once, and again after it was right. */
  private void tell(Duration difference) {
    boolean wrong = difference.abs().compareTo(ALLOWED) > 0;
    if (wrong && !told) {
      LOGGER.log(
          WARNING,
          "This node''s clock is {0} s {1} the database''s: what other nodes have under way may be"
              + " given up too early; keep the clocks in step (NTP)",
          Long.toString(difference.abs().toSeconds()),
          difference.isNegative() ? "behind" : "ahead of");
    } else if (told && !wrong) {
      LOGGER.log(INFO, "This node''s clock and the database''s are in step again");
    }
    told = wrong;
  }
}
