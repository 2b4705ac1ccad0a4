package org.retellbridge.operations.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
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
   * Asks for an attempt, which counts as failed until {@link #succeeded}.
   *
   * @return how long to wait instead; zero when the attempt may be made now
   */
  Duration ask(String address) {
    long now = nanos.getAsLong();
    AtomicReference<Duration> wait = new AtomicReference<>(Duration.ZERO);
    records
        .asMap()
        .compute(
            address,
            (key, known) -> {
              Record before = known == null ? new Record(0, now) : known;
              if (before.next() - now > 0) {
                wait.set(Duration.ofNanos(before.next() - now));
                return before;
              }
              return before.failed(now);
            });
    return wait.get();
  }

  void succeeded(String address) {
    records.invalidate(address);
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
