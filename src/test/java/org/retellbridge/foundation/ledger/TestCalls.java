package org.retellbridge.foundation.ledger;

import java.time.Clock;

/** Calls that nobody writes down, for tests of those who only look them up. */
public final class TestCalls {
  private TestCalls() {}

  public static Calls unwritten() {
    return new Calls(null, TestJournal.unwritten(), Clock.systemUTC());
  }
}
