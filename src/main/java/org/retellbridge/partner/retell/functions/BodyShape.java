package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.CallId;

/**
 * Tells Retell's {@code {name, call, args}} from arguments alone, which may look alike: a caller
 * can talk the model into any argument.
 */
final class BodyShape {
  private BodyShape() {}

  /**
   * Whether the body is Retell's own words, and only its {@code args} the model's.
   *
   * @param named the call in the tool's URL, which the model does not write: a body that speaks of
   *     another one is the model's
   */
  static boolean wrapped(JsonObject body, Optional<CallId> named) {
    boolean whole =
        body.get("args") instanceof JsonObject && JsonText.text(body, "name").isPresent();
    if (!(body.get("call") instanceof JsonObject call)) {
      return whole && named.isEmpty();
    }
    return named.isEmpty() || whole && new RetellCall(call).callId().equals(named);
  }
}
