package org.retellbridge.twin.wire;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A vendor's switchboard of faults, to be changed while it runs. The first rule that strikes wins;
 * lateness of all rules adds up.
 */
public final class Faults {

  /** What happens to one request. */
  record Strike(Duration late, Optional<Fault> fault) {}

  private static final Strike NONE = new Strike(Duration.ZERO, Optional.empty());

  private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
  private final Random dice = new Random(42);

  public FaultRule add(FaultRule rule) {
    rules.add(rule);
    return rule;
  }

  /** The next request only. */
  public FaultRule next(Fault fault) {
    return add(FaultRule.of(fault).times(1));
  }

  /** Every request, until cleared. */
  public FaultRule always(Fault fault) {
    return add(FaultRule.of(fault));
  }

  /** A bad day: 5 % cut connections, 5 % 503, 1 % 429. */
  public void weather(long seed) {
    seed(seed);
    add(FaultRule.of(Fault.cut()).chance(0.05));
    add(FaultRule.of(Fault.status(503)).chance(0.05));
    add(FaultRule.of(Fault.status(429).retryAfter(1)).chance(0.01));
  }

  public void seed(long seed) {
    dice.setSeed(seed);
  }

  public void lift(FaultRule rule) {
    rules.remove(rule);
  }

  public void clear() {
    rules.clear();
  }

  Strike strike(Request request) {
    if (rules.isEmpty()) {
      return NONE;
    }
    Duration late = Duration.ZERO;
    Optional<Fault> fault = Optional.empty();
    for (FaultRule rule : rules) {
      boolean delays = rule.fault() instanceof Fault.Late;
      if ((!delays && fault.isPresent()) || !rule.strikes(request, dice)) {
        continue;
      }
      if (rule.fault() instanceof Fault.Late lateness) {
        late = late.plus(lateness.by());
      } else {
        fault = Optional.of(rule.fault());
      }
    }
    return new Strike(late, fault);
  }
}
