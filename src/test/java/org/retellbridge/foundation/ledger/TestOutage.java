package org.retellbridge.foundation.ledger;

/** What others get from a ledger that is down. */
public final class TestOutage {
  private TestOutage() {}

  public static LedgerDown down() {
    return new LedgerDown("down");
  }
}
