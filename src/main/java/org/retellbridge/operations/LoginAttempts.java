package org.retellbridge.operations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Slows those down who guess: after three failures an address has to wait, twice as long each time.
 * What comes too early is not even looked at, so that many guesses at once are no way around it.
 */
@ApplicationScoped
public class LoginAttempts {
  private static final int FREE = 3;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration MEMORY = Duration.ofMinutes(15);
  private static final long ADDRESSES = 100_000;

  private final Cache<String, Record> records =
      Caffeine.newBuilder()
          .executor(Runnable::run) // else each use wakes the common pool
          .expireAfterWrite(MEMORY)
          .maximumSize(ADDRESSES)
          .build();
  private final LongSupplier nanos;

  LoginAttempts() {
    this(System::nanoTime);
  }

  /**
   * @param nanos such as {@link System#nanoTime}: whoever sets the clock back locks nobody out
   */
  LoginAttempts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Makes an attempt, unless it comes too early.
   *
   * @param right looks at what is presented; called at most once, and at one place at a time for an
   *     address
   */
  Attempt make(String address, BooleanSupplier right) {
    long now = nanos.getAsLong();
    AtomicReference<Attempt> made = new AtomicReference<>();
    records
        .asMap()
        .compute(
            address,
            (key, known) -> {
              if (known != null && known.next() - now > 0) {
                made.set(new Attempt(false, Duration.ofNanos(known.next() - now)));
                return known;
              }
              made.set(new Attempt(right.getAsBoolean(), Duration.ZERO));
              if (made.get().right()) {
                return null;
              }
              return (known == null ? new Record(0, now) : known).failed(now);
            });
    return made.get();
  }

  /**
   * What came of it.
   *
   * @param pause how long to wait before the next one, when this was too early to be looked at;
   *     else zero
   */
  public record Attempt(boolean right, Duration pause) {
    static final Attempt RIGHT = new Attempt(true, Duration.ZERO);

    /** Whether it was not even looked at. */
    public boolean early() {
      return !pause.isZero();
    }
  }

  /**
   * @param next when the next attempt may be made, in nanoseconds
   */
  private record Record(int failures, long next) {
    Record failed(long now) {
      int more = failures + 1 - FREE;
      long wait = more < 0 ? 0 : FIRST.toNanos() << Math.min(more, MOST_DOUBLINGS);
      return new Record(failures + 1, now + wait);
    }
  }
}
