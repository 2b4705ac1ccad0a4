package org.retellbridge.foundation.webhooks;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets one line a second into the log for each kind, and counts the others: anybody can send forged
 * requests, and a flood of them must not fill the disk.
 */
public final class LineLimit {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  public LineLimit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Asks for a line.
   *
   * @param kind one of few: each is remembered for good
   * @return how many lines of this kind were left out since its last one; empty when this one is to
   *     be left out
   */
  public OptionalLong pass(String kind) {
    return kinds.computeIfAbsent(kind, any -> new Kind()).pass(nanos.getAsLong());
  }

  /** The end of a line: how many were left out before it, or nothing. */
  public static String more(long leftOut) {
    return leftOut == 0 ? "" : "; " + leftOut + " more since the last such line";
  }

  private static final class Kind {
    private boolean written;
    private long last;
    private long leftOut;

    private synchronized OptionalLong pass(long now) {
      if (written && now - last < SECOND) {
        leftOut++;
        return OptionalLong.empty();
      }
      long before = leftOut;
      written = true;
      last = now;
      leftOut = 0;
      return OptionalLong.of(before);
    }
  }
}
