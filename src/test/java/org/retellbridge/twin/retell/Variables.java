package org.retellbridge.twin.retell;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
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
    Matcher place = PLACE.matcher(text);
    return place.replaceAll(
        match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
  }
}
