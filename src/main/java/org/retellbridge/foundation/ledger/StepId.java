package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names steps by their time: the milliseconds, then eight bits of this node and a counter of
 * twelve. So rows arrive in the order of their key, and none needs an index by time.
 */
final class StepId {
  /** From one millisecond to the next. */
  static final long STEP = 1L << 20;

  private static final int COUNTED = 1 << 12;

  private final long node = ThreadLocalRandom.current().nextInt(1 << 8) * (long) COUNTED;
  private final AtomicInteger counter = new AtomicInteger();

  long next(Instant at) {
    return at.toEpochMilli() * STEP + node + (counter.getAndIncrement() & (COUNTED - 1));
  }

  /** The least of a millisecond. */
  static long first(long millis) {
    return millis * STEP;
  }

  /** When the step of this name happened, in milliseconds since 1970. */
  static long millis(long id) {
    return id / STEP;
  }
}
