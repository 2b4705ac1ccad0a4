package org.retellbridge.operations.console;

import java.util.Optional;
import org.retellbridge.foundation.ledger.History.Story;
import org.retellbridge.partner.retell.events.KeptEvent;

/**
 * Which way a call goes. Of Retell's own calls only its events tell it, and what they do not tell
 * is not shown: a web call has no direction.
 */
final class Direction {
  private Direction() {}

  /** {@code inbound}, {@code outbound} or {@code web}; empty when nobody told it. */
  static Optional<String> of(Story story) {
    return story.call().callSid().isPresent()
        ? Optional.of(story.call().outbound() ? "outbound" : "inbound")
        : story.moments().stream()
            .flatMap(moment -> Optional.ofNullable(moment.facts().get("fields")).stream())
            .flatMap(fields -> KeptEvent.parse(fields).flatMap(KeptEvent::direction).stream())
            .findFirst();
  }
}
