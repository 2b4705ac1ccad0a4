package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * 500 ms, doubling to 60 s, each up to a fifth longer or shorter so that parcels that failed
 * together do not return together. The vendor's own wish comes first.
 *
 * @param chance from 0 to 1
 */
record Backoff(DoubleSupplier chance) {
  static final Duration FIRST = Duration.ofMillis(500);
  static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int DOUBLINGS = 7;

  /**
   * @param attempts how many there were, at least 1
   */
  Duration after(int attempts, Optional<Duration> wish) {
    if (wish.isPresent()) {
      return wish.get();
    }
    long plain = FIRST.toMillis() << Math.min(Math.max(attempts - 1, 0), DOUBLINGS);
    long capped = Math.min(plain, LONGEST.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.8 + 0.4 * chance.getAsDouble())));
  }
}
