package org.retellbridge.harness.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How long a server may take on a busy machine. */
final class Patience {
  private static final Duration TIME = Duration.ofMinutes(5);
  private static final Duration STEP = Duration.ofMillis(100);

  private Patience() {}

  static void until(String what, ServerProcess process, BooleanSupplier done) {
    until(what, () -> !process.alive() || done.getAsBoolean());
    if (!process.alive()) {
      throw new IllegalStateException("The server ended before: " + what);
    }
  }

  static void until(String what, BooleanSupplier done) {
    long end = System.nanoTime() + TIME.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not in " + TIME.toMinutes() + " minutes: " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
