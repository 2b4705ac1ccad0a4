package org.retellbridge.foundation.ledger;

import java.time.Clock;
import org.retellbridge.foundation.metrics.Metrics;

/** A journal that nobody writes down, for tests of those who only keep it. */
public final class TestJournal {
  private TestJournal() {}

  public static Journal unwritten() {
    return new Journal(null, Clock.systemUTC(), new Counters(new Metrics()));
  }

  /** Whether nobody noted anything in one that is unwritten. */
  public static boolean isBlank(Journal unwritten) {
    return unwritten.idle();
  }
}
