package org.retellbridge.operations.console;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Moment;

/**
 * What of a moment stands on the page. Of a vendor's event that is how the call went, and of the
 * analysis its verdicts; what it says in sentences is the customer's and stays away.
 */
final class EventFacts {
  private static final List<String> SHOWN =
      List.of(
          "call_type",
          "call_status",
          "agent_version",
          "duration_ms",
          "disconnection_reason",
          "user_sentiment",
          "call_successful",
          "in_voicemail");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_ -]{0,59}");

  private EventFacts() {}

  static Map<String, String> of(Moment moment) {
    String fields = moment.facts().get("fields");
    if (fields == null || fields.equals(Moment.UNREADABLE)) {
      return moment.facts();
    }
    Map<String, String> facts = new LinkedHashMap<>(moment.facts());
    facts.remove("fields");
    JsonText.parseObject(fields).ifPresent(event -> add(event, facts));
    return facts;
  }

  private static void add(JsonObject event, Map<String, String> facts) {
    shown(event, facts);
    if (event.get("call_analysis") instanceof JsonObject analysis) {
      shown(analysis, facts);
      analysis.forEach(
          (name, value) -> {
            if (!SHOWN.contains(name) && WORD.matcher(name).matches()) {
              facts.put(name, form(value));
            }
          });
    }
  }

  private static void shown(JsonObject object, Map<String, String> facts) {
    for (String name : SHOWN) {
      JsonValue value = object.get(name);
      if (value instanceof JsonString text && WORD.matcher(text.getString()).matches()) {
        facts.put(name, text.getString());
      } else if (value != null && scalar(value)) {
        facts.put(name, value.toString());
      }
    }
  }

  private static boolean scalar(JsonValue value) {
    return switch (value.getValueType()) {
      case NUMBER, TRUE, FALSE -> true;
      default -> false;
    };
  }

  private static String form(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> "text of " + ((JsonString) value).getString().length() + " characters";
      case OBJECT -> "object of " + value.asJsonObject().size() + " fields";
      case ARRAY -> "list of " + ((JsonArray) value).size();
      case NUMBER -> "a number";
      case TRUE, FALSE -> "yes or no";
      case NULL -> "nothing";
    };
  }
}
