package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.retellbridge.foundation.json.JsonText;

/**
 * Keeps an answer within what Retell passes on to the model (15,000 characters): the longest texts
 * are cut, then the lists, and the JSON stays whole.
 */
final class AnswerText {
  static final int LIMIT = 15_000;
  private static final String ELLIPSIS = "…";

  private AnswerText() {}

  static String of(JsonValue body) {
    String text = body.toString();
    for (int most = LIMIT / 4; text.length() > LIMIT && most >= 0; most = most / 2 - 1) {
      text = shortened(body, most, Integer.MAX_VALUE).toString();
    }
    for (int items = 64; text.length() > LIMIT && items > 0; items /= 2) {
      text = shortened(body, 16, items).toString();
    }
    return text.length() > LIMIT ? "[]" : text;
  }

  private static JsonValue shortened(JsonValue value, int most, int items) {
    if (value instanceof JsonString string) {
      return JsonText.string(cut(string.getString(), most));
    }
    if (value instanceof JsonArray array) {
      JsonArrayBuilder shorter = JsonText.array();
      array.stream().limit(items).forEach(item -> shorter.add(shortened(item, most, items)));
      return shorter.build();
    }
    if (value instanceof JsonObject object) {
      JsonObjectBuilder shorter = JsonText.object();
      object.entrySet().stream()
          .limit(items)
          .forEach(field -> shorter.add(field.getKey(), shortened(field.getValue(), most, items)));
      return shorter.build();
    }
    return value;
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(Math.max(0, most - 1))) ? most - 1 : most;
    return text.substring(0, Math.max(0, end)) + ELLIPSIS;
  }
}
