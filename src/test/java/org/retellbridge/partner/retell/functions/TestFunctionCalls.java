package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** Makes function calls without a request, for tests of other packages. */
public final class TestFunctionCalls {
  private TestFunctionCalls() {}

  public static FunctionCall of(JsonObject body, Map<String, String> query) {
    return FunctionCall.of(body, retell(query, "signature"));
  }

  static FunctionCall.Origin retell(Map<String, String> query, String signature) {
    return new FunctionCall.Origin(query, signature, "", true, Optional.empty());
  }
}
