package org.retellbridge.foundation.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * How one process says that a row is its own, and for how long. The nodes' clocks may differ by a
 * few seconds.
 *
 * @param owner this process: a new name at each start
 * @param time after which a silent owner is held for dead
 */
record Lease(String owner, Duration time, Clock clock) {
  static final Duration USUAL = Duration.ofSeconds(30);

  static Lease of(Duration time, Clock clock) {
    return new Lease(UUID.randomUUID().toString(), time, clock);
  }

  long now() {
    return clock.millis();
  }

  long end() {
    return now() + time.toMillis();
  }
}
