package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that is owed to a vendor.
 *
 * @param kind which {@link Courier} takes it
 * @param customerKey parcels with the same key are delivered in the order in which they were
 *     accepted; kept as a keyed hash only
 * @param messageId by which the vendor recognises a repeat, at most 99 characters; the same parcel
 *     is accepted once under it. A mark whose window is over has its parcel accepted under another
 *     one, so couriers take it from here and not from the payload
 * @param timestamp when it happened
 * @param payload what the courier needs; encrypted at rest, deleted after delivery
 */
public record Parcel(
    String kind, String customerKey, String messageId, Instant timestamp, String payload) {
  private static final int LONGEST_ID = 99;

  public Parcel {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(customerKey);
    Objects.requireNonNull(timestamp);
    Objects.requireNonNull(payload);
    if (messageId == null || messageId.isEmpty() || messageId.length() > LONGEST_ID) {
      throw new IllegalArgumentException("a message id has 1 to " + LONGEST_ID + " characters");
    }
  }

  /** The same under another id, which the vendor has not seen. */
  Parcel under(String otherId) {
    return new Parcel(kind, customerKey, otherId, timestamp, payload);
  }

  @Override
  public String toString() {
    return kind + " " + messageId;
  }
}
