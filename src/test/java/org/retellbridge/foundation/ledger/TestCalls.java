package org.retellbridge.foundation.ledger;

import java.time.Clock;
import org.retellbridge.foundation.metrics.Metrics;

/** Calls that nobody writes down, for tests of those who only look them up. */
public final class TestCalls {
  private TestCalls() {}

  public static Calls unwritten() {
    return new Calls(null, Clock.systemUTC(), new Counters(new Metrics()));
  }
}
