package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.retellbridge.foundation.ledger.EffectId;

/** Makes function calls without a request, for tests of other packages. */
public final class TestFunctionCalls {
  private TestFunctionCalls() {}

  public static FunctionCall of(JsonObject body, Map<String, String> query) {
    return FunctionCall.of(body, retell(query, "signature"));
  }

  /** The same with the name of its effect, which the bridge gives it before it runs. */
  public static FunctionCall causing(EffectId effect, JsonObject body) {
    return of(body, Map.of()).causing(effect);
  }

  /** One of whose call this bridge itself knows, as the tool's URL names it. */
  public static FunctionCall in(KnownCall call, JsonObject arguments) {
    return of(arguments, Map.of()).in(call);
  }

  /** As Twilio signs it. */
  static Origin twilios(Map<String, String> query, Optional<String> token) {
    return of(query, token, Optional.of("CallSid"));
  }

  /** As a vendor signs it that neither names calls nor marks repeats. */
  static Origin thirds() {
    return of(Map.of(), Optional.empty(), Optional.empty());
  }

  private static Origin of(
      Map<String, String> query, Optional<String> token, Optional<String> callField) {
    return new Origin(
        query, token.orElseGet(() -> UUID.randomUUID().toString()), "", false, token, callField);
  }

  static Origin retell(Map<String, String> query, String signature) {
    return new Origin(query, signature, "", true, Optional.empty(), Optional.empty());
  }
}
