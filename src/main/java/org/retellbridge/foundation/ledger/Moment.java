package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something in the course of a call.
 *
 * @param at when it began
 * @param name the step's, the function's (path and tool name) or the vendor's event's
 * @param took empty for what has no length, or whose length nobody knows
 * @param facts words of the bridge and of vendors, no personal data; for an event of a vendor the
 *     kept fields stand as JSON under {@code fields}; {@link #UNREADABLE} for what was sealed with
 *     a key that is lost
 */
public record Moment(
    Instant at, Kind kind, String name, Optional<Duration> took, Map<String, String> facts) {
  /** Stands for what no data key of today opens. */
  public static final String UNREADABLE = "unreadable";

  /** Where it was written down. */
  public enum Kind {
    STEP,
    FUNCTION,
    /** An effect that is under way, or of which nobody knows whether it happened. */
    EFFECT,
    VENDOR_EVENT
  }
}
