package org.retellbridge.operations.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

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
  private final Clock clock;

  LoginAttempts() {
    this(Clock.systemUTC());
  }

  LoginAttempts(Clock clock) {
    this.clock = clock;
  }

  /**
   * Asks for an attempt, which counts as failed until {@link #succeeded}.
   *
   * @return how long to wait instead; zero when the attempt may be made now
   */
  Duration ask(String address) {
    Instant now = clock.instant();
    AtomicReference<Duration> wait = new AtomicReference<>(Duration.ZERO);
    records
        .asMap()
        .compute(
            address,
            (key, known) -> {
              Record before = known == null ? new Record(0, Instant.EPOCH) : known;
              if (now.isBefore(before.next())) {
                wait.set(Duration.between(now, before.next()));
                return before;
              }
              return before.failed(now);
            });
    return wait.get();
  }

  void succeeded(String address) {
    records.invalidate(address);
  }

  private record Record(int failures, Instant next) {
    Record failed(Instant now) {
      int more = failures + 1 - FREE;
      return new Record(
          failures + 1,
          more < 0 ? now : now.plus(FIRST.multipliedBy(1L << Math.min(more, MOST_DOUBLINGS))));
    }
  }
}
