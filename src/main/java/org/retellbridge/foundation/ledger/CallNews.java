package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an event tells of its call that is over.
 *
 * @param ended when it was over
 * @param reason Retell's {@code disconnection_reason}; empty text when it gave none
 * @param analysis any text, for instance JSON of the fields that may be kept; encrypted at rest
 */
public record CallNews(Instant ended, String reason, Optional<String> analysis) {
  private static final int LONGEST_REASON = 200;

  public CallNews {
    Objects.requireNonNull(ended);
    Objects.requireNonNull(analysis);
    reason = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
  }
}
