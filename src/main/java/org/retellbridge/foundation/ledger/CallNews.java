package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an event tells of its call.
 *
 * @param at when it began, or when it was over
 * @param over whether it is over
 * @param reason Retell's {@code disconnection_reason}; empty text when it gave none
 * @param analysis any text, for instance JSON of the fields that may be kept; encrypted at rest
 */
public record CallNews(Instant at, boolean over, String reason, Optional<String> analysis) {
  private static final int LONGEST_REASON = 200;

  public CallNews {
    Objects.requireNonNull(at);
    Objects.requireNonNull(analysis);
    reason = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
  }

  /** A call that is over. */
  public CallNews(Instant ended, String reason, Optional<String> analysis) {
    this(ended, true, reason, analysis);
  }

  /** A call that did not come by the bridge has begun. */
  public static CallNews began(Instant at) {
    return new CallNews(at, false, "", Optional.empty());
  }
}
