package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import java.util.Map;
import org.retellbridge.foundation.json.JsonText;

/** Arguments of the model, for the tests of functions in other packages. */
public final class Invoked {
  private Invoked() {}

  /** From the JSON of {@code args}. */
  public static Arguments with(String json) {
    JsonObject args = JsonText.parseObject(json).orElseThrow();
    JsonObject body = JsonText.object().add("name", "f").add("args", args).build();
    return FunctionCall.of(body, TestFunctionCalls.retell(Map.of(), "")).arguments();
  }
}
