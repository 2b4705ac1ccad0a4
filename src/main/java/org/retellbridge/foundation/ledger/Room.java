package org.retellbridge.foundation.ledger;

/**
 * What may be taken from the outbox at once.
 *
 * @param parcels how many
 * @param bytes what they may hold together; one that is larger is taken alone
 * @param empty whether nothing else is on its way
 */
record Room(int parcels, long bytes, boolean empty) {
  static final Room FOR_ONE = new Room(1, 0, true);

  /** Whether there is room for one more, with which they would hold so many bytes. */
  boolean holds(int before, long together) {
    return before < parcels && (together <= bytes || empty && before == 0);
  }
}
