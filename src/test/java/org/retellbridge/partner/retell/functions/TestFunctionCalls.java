package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import java.util.Map;

/** Makes function calls without a request, for tests of other packages. */
public final class TestFunctionCalls {
  private TestFunctionCalls() {}

  public static FunctionCall of(JsonObject body, Map<String, String> query) {
    return FunctionCall.of(body, new FunctionCall.Origin(query, "signature", ""));
  }
}
