package org.retellbridge.foundation.ledger;

/** What became of a parcel when it was handed in. */
public sealed interface Accepted {
  /** It is in the ledger and will be delivered; nothing is lost any more. */
  record Stored() implements Accepted {}

  /** The vendor has it. */
  record Delivered() implements Accepted {}

  /** The vendor refused it for good; it is a dead letter. */
  record Refused(String reason) implements Accepted {}

  /** The ledger is down and the vendor did not take it either: it is not kept anywhere. */
  record Lost(String reason) implements Accepted {}

  /**
   * It was handed in before and is not accepted again.
   *
   * @param answer that of the first time; empty text where none was given
   */
  record Repeat(String answer) implements Accepted {}
}
