package org.retellbridge.foundation.ledger;

/**
 * A parcel that this process has claimed.
 *
 * @param seq its place in the order
 * @param customer the hash of its customer
 * @param parcel what the courier gets
 * @param attempts how many there were before
 * @param acceptedAt in milliseconds
 * @param giveUpAt in milliseconds; no attempt after that
 */
record Held(
    long seq, String customer, Parcel parcel, int attempts, long acceptedAt, long giveUpAt) {

  /** What it takes of the heap, in bytes, or some more. */
  int size() {
    return parcel.payload().length();
  }
}
