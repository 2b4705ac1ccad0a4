package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A parcel that its vendor refused for good, or did not take in time. Its content stays sealed.
 *
 * @param messageId by which it is replayed
 * @param kind which {@link Courier} could not deliver it
 * @param call the call that it tells of, by its {@code call_id} or CallSid; empty when that is not
 *     known
 * @param reason the vendor's code, no data
 */
public record DeadLetter(
    String messageId,
    String kind,
    Optional<String> call,
    Instant accepted,
    int attempts,
    String reason) {}
