package org.retellbridge.operations.console;

import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.History.Story;

/**
 * Which way a call goes. Of Retell's own calls only its events tell it, and what they do not tell
 * is not shown: a web call has no direction.
 */
final class Direction {
  private static final Set<String> WAYS = Set.of("inbound", "outbound");

  private Direction() {}

  /** {@code inbound}, {@code outbound} or {@code web}; empty when nobody told it. */
  static Optional<String> of(Story story) {
    return story.call().callSid().isPresent()
        ? Optional.of(story.call().outbound() ? "outbound" : "inbound")
        : story.moments().stream()
            .flatMap(moment -> Optional.ofNullable(moment.facts().get("fields")).stream())
            .flatMap(fields -> JsonText.parseObject(fields).flatMap(Direction::told).stream())
            .findFirst();
  }

  private static Optional<String> told(JsonObject event) {
    return JsonText.text(event, "call_type").filter("web_call"::equals).isPresent()
        ? Optional.of("web")
        : JsonText.text(event, "direction").filter(WAYS::contains);
  }
}
