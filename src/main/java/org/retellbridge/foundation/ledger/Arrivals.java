package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * Calls that arrived a moment ago and wait for what becomes of them, so that both are one write: a
 * row that is changed later costs as much again as one that is new.
 */
final class Arrivals {
  /** Longer than most registrations take. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int MOST = 20_000;

  private final Map<CallSid, Waiting> waiting = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /**
   * @param nanos such as {@link System#nanoTime}
   */
  Arrivals(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Waiting(Step step, long since) {
    boolean due(long now) {
      return now - since >= PATIENCE.toNanos();
    }
  }

  /** False when it must be written at once: too many wait, or this call does already. */
  boolean take(Step arrival) {
    return waiting.size() < MOST
        && waiting.putIfAbsent(arrival.call(), new Waiting(arrival, nanos.getAsLong())) == null;
  }

  /** Something became of the call: its arrival, if it waits. */
  Optional<Step> give(CallSid call) {
    return Optional.ofNullable(waiting.remove(call)).map(Waiting::step);
  }

  /** Hands out those that waited long enough; they wait no longer. */
  void due(Consumer<Step> taker) {
    long now = nanos.getAsLong();
    some(one -> one.due(now), taker);
  }

  /** Hands out all of them. */
  void all(Consumer<Step> taker) {
    some(one -> true, taker);
  }

  boolean none() {
    return waiting.isEmpty();
  }

  /**
   * Taken before it is let go, so that it is never nowhere; a step that comes twice counts once.
   */
  private void some(Predicate<Waiting> which, Consumer<Step> taker) {
    waiting.forEach(
        (call, one) -> {
          if (which.test(one)) {
            taker.accept(one.step());
            waiting.remove(call, one);
          }
        });
  }
}
