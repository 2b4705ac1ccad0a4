package org.retellbridge.foundation.ledger;

/** What the outbox's tables say to a parcel that is handed in. */
sealed interface Arrival {
  /** Nothing of the same customer is before it: it may go at once. */
  record First(Held held) implements Arrival {}

  /**
   * It waits for what is before it.
   *
   * @param stuck whether that has failed already
   */
  record Behind(long seq, String customer, boolean stuck) implements Arrival {}

  /** It was here before, and its vendor refused it for good. */
  record Dead(String reason) implements Arrival {}

  /** It was here before. */
  record Again(String answer) implements Arrival {}
}
