package org.retellbridge.twin.retell;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code {{name}}} in texts; a missing variable stays as it stands (documented). */
final class Variables {

  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]+)\\s*}}");

  private final Map<String, String> values = new HashMap<>();

  Variables(RetellCall call) {
    CallSpec spec = call.spec();
    boolean outbound = spec.direction().equals("outbound");
    put("call_id", call.callId());
    put("call_type", spec.callType());
    put("direction", spec.direction());
    put("user_number", outbound ? spec.to() : spec.from());
    put("agent_number", outbound ? spec.from() : spec.to());
    spec.variables().forEach((name, value) -> values.put(name, text(value)));
  }

  private void put(String name, String value) {
    if (!value.isEmpty()) {
      values.put(name, value);
    }
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  String fill(String text) {
    return fill(text, value -> value);
  }

  /** For URLs: the values are percent-encoded (inferred). */
  String fillEncoded(String url) {
    return fill(url, value -> URLEncoder.encode(value, UTF_8))
        .replace("{", "%7B")
        .replace("}", "%7D");
  }

  private String fill(String text, UnaryOperator<String> form) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              return Matcher.quoteReplacement(value == null ? place.group() : form.apply(value));
            });
  }
}
