package org.retellbridge.foundation.ledger;

import java.time.Instant;

/**
 * A parcel that its vendor refused for good, or did not take in time. Its content stays sealed.
 *
 * @param messageId by which it is replayed
 * @param kind which {@link Courier} could not deliver it
 * @param reason the vendor's code, no data
 */
public record DeadLetter(
    String messageId, String kind, Instant accepted, int attempts, String reason) {}
