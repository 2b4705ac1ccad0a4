package org.retellbridge.foundation.resilience;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Goes on from the instant at which it was made, whatever becomes of the machine's clock: a time
 * that is waited for is not an hour further away because somebody set that clock right.
 */
final class SteadyClock extends Clock {
  private final Instant start = Instant.now();
  private final LongSupplier nanos;
  private final long first;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  SteadyClock(LongSupplier nanos) {
    this.nanos = nanos;
    this.first = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - first);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** It is for instants only. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
