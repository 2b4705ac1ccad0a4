package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;

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
 * @param call the call that it tells of, by its {@code call_id} or CallSid; in clear, for operators
 */
public record Parcel(
    String kind,
    String customerKey,
    String messageId,
    Instant timestamp,
    String payload,
    Optional<String> call) {
  private static final int LONGEST_ID = 99;

  public Parcel {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(customerKey);
    Objects.requireNonNull(timestamp);
    Objects.requireNonNull(payload);
    Objects.requireNonNull(call);
    if (messageId == null || messageId.isEmpty() || messageId.length() > LONGEST_ID) {
      throw new IllegalArgumentException("a message id has 1 to " + LONGEST_ID + " characters");
    }
  }

  public Parcel(
      String kind, String customerKey, String messageId, Instant timestamp, String payload) {
    this(kind, customerKey, messageId, timestamp, payload, Optional.empty());
  }

  /** The same, which tells of a call. */
  public Parcel of(CallId told) {
    return new Parcel(kind, customerKey, messageId, timestamp, payload, Optional.of(told.value()));
  }

  /** The same under another id, which the vendor has not seen. */
  Parcel under(String otherId) {
    return new Parcel(kind, customerKey, otherId, timestamp, payload, call);
  }

  @Override
  public String toString() {
    return kind + " " + messageId;
  }
}
