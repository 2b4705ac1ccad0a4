package org.retellbridge.feature.lifecycle;

import java.util.Set;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.partner.retell.events.CallEvent;

/**
 * Counts the calls that ended by an error, as Retell says; to Twilio they are talks like others.
 */
final class RetellErrors {
  private static final String ERRORS = "bridge.retell.errors";
  private static final String PREFIX = "error_";

  /** Of docs.retellai.com's {@code disconnection_reason}; there may be new ones at any time. */
  private static final Set<String> KNOWN =
      Set.of(
          "error_llm_websocket_open",
          "error_llm_websocket_lost_connection",
          "error_llm_websocket_runtime",
          "error_llm_websocket_corrupt_payload",
          "error_no_audio_received",
          "error_asr",
          "error_retell",
          "error_unknown",
          "error_user_not_joined");

  private static final String OTHER = "other";

  private final Metrics metrics;

  RetellErrors(Metrics metrics) {
    this.metrics = metrics;
    KNOWN.forEach(reason -> metrics.expect(ERRORS, "reason", reason));
    metrics.expect(ERRORS, "reason", OTHER);
  }

  /** The analysis that follows tells the same reason again. */
  void count(CallEvent event) {
    if (event.name().equals(CallEvent.ENDED)) {
      event
          .disconnectionReason()
          .filter(reason -> reason.startsWith(PREFIX))
          .map(reason -> KNOWN.contains(reason) ? reason : OTHER)
          .ifPresent(reason -> metrics.count(ERRORS, "reason", reason));
    }
  }
}
