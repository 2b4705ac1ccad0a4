package org.retellbridge.foundation.webhooks;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets one line a second, or a longer time, into the log for each kind, and counts the others:
 * anybody can send forged requests, and a flood of them must not fill the disk.
 */
public final class LineLimit {
  private final LongSupplier nanos;
  private final long between;
  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  public LineLimit(LongSupplier nanos) {
    this(nanos, Duration.ofSeconds(1));
  }

  /**
   * @param nanos a clock as {@link System#nanoTime}
   * @param between from one line to the next
   */
  public LineLimit(LongSupplier nanos, Duration between) {
    this.nanos = nanos;
    this.between = between.toNanos();
  }

  /**
   * Asks for a line.
   *
   * @param kind one of few: each is remembered for good
   * @return how many lines of this kind were left out since its last one; empty when this one is to
   *     be left out
   */
  public OptionalLong pass(String kind) {
    return kinds.computeIfAbsent(kind, any -> new Kind()).pass(nanos.getAsLong(), between);
  }

  /** The end of a line: how many were left out before it, or nothing. */
  public static String more(long leftOut) {
    return leftOut == 0 ? "" : "; " + leftOut + " more since the last such line";
  }

  private static final class Kind {
    private boolean written;
    private long last;
    private long leftOut;

    private synchronized OptionalLong pass(long now, long between) {
      if (written && now - last < between) {
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
