package org.retellbridge.twin.wire;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** When a fault strikes: for which requests, how often, with which chance. */
public final class FaultRule {

  private final Fault fault;
  private final Predicate<Request> concerns;
  private final double chance;
  private final AtomicInteger left;
  private final AtomicInteger hits = new AtomicInteger();

  private FaultRule(Fault fault, Predicate<Request> concerns, double chance, int times) {
    this.fault = fault;
    this.concerns = concerns;
    this.chance = chance;
    this.left = new AtomicInteger(times);
  }

  /** Strikes every request until it is lifted or narrowed. */
  public static FaultRule of(Fault fault) {
    return new FaultRule(fault, request -> true, 1, Integer.MAX_VALUE);
  }

  public FaultRule times(int times) {
    return new FaultRule(fault, concerns, chance, times);
  }

  /** Only requests whose raw path contains the text. */
  public FaultRule on(String pathPart) {
    return on(request -> request.rawPath().contains(pathPart));
  }

  public FaultRule on(Predicate<Request> requests) {
    return new FaultRule(fault, concerns.and(requests), chance, left.get());
  }

  /** Only this share of the requests, 0 to 1, drawn from the switchboard's seeded source. */
  public FaultRule chance(double share) {
    return new FaultRule(fault, concerns, share, left.get());
  }

  /** How many requests it has struck. */
  public int hits() {
    return hits.get();
  }

  Fault fault() {
    return fault;
  }

  boolean strikes(Request request, RandomGenerator dice) {
    if (!concerns.test(request) || left.get() <= 0) {
      return false;
    }
    if (chance < 1 && dice.nextDouble() >= chance) {
      return false;
    }
    if (left.getAndDecrement() <= 0) {
      return false;
    }
    hits.incrementAndGet();
    return true;
  }
}
