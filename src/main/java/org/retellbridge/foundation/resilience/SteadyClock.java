package org.retellbridge.foundation.resilience;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Goes on from the instant at which it was made, whatever becomes of the machine's clock: a time
 * that is waited for is not an hour further away because somebody set that clock right.
 */
final class SteadyClock {
  private SteadyClock() {}

  /**
   * @param nanos as {@link System#nanoTime}
   */
  static Clock by(LongSupplier nanos) {
    Instant start = Instant.now();
    long first = nanos.getAsLong();
    InstantSource source = () -> start.plusNanos(nanos.getAsLong() - first);
    return source.withZone(ZoneOffset.UTC);
  }
}
