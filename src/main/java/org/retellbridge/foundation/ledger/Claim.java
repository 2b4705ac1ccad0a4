package org.retellbridge.foundation.ledger;

/** What the ledger says to somebody who wants an effect to happen. */
sealed interface Claim {
  /** The effect's id, which another window's effect of the same invocation does not have. */
  String id();

  /** Nobody did it yet; the claimant does, and reports under this id. */
  record Mine(String id) implements Claim {}

  /** It is over; this was the answer. */
  record Over(String id, String answer, State state) implements Claim {}

  /** Somebody is at it. */
  record Busy(String id) implements Claim {}
}
