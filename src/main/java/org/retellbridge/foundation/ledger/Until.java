package org.retellbridge.foundation.ledger;

/** How long the one who hands in a parcel waits. */
public enum Until {
  /** Until it cannot be lost any more. */
  STORED,
  /** Until the first attempt to deliver it is over, or it is known to wait for another one. */
  ATTEMPTED
}
