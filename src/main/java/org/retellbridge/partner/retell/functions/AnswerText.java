package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.function.IntFunction;
import org.retellbridge.foundation.json.JsonText;

/**
 * Keeps an answer within what Retell passes on to the model (15,000 characters): the longest texts
 * are cut, then the ends of lists and objects are left out, and the JSON stays whole.
 */
final class AnswerText {
  static final int LIMIT = 15_000;
  private static final String ELLIPSIS = "…";

  /** Texts that are cut shorter than this, to keep more of them, say nothing any more. */
  private static final int ENOUGH = 80;

  private AnswerText() {}

  static String of(JsonValue body) {
    String text = body.toString();
    if (text.length() <= LIMIT) {
      return text;
    }
    return longest(ENOUGH, most -> shortened(body, most, Integer.MAX_VALUE))
        .or(() -> longest(1, items -> shortened(body, ENOUGH, items)))
        .orElse(body instanceof JsonArray ? "[]" : "{}");
  }

  /** The longest form that fits; empty when not even that with the least does. */
  private static Optional<String> longest(int least, IntFunction<JsonValue> form) {
    Optional<String> best = fitting(form.apply(least));
    int fits = least;
    int tooMuch = LIMIT;
    while (best.isPresent() && tooMuch - fits > 1) {
      int middle = (fits + tooMuch) / 2;
      Optional<String> candidate = fitting(form.apply(middle));
      if (candidate.isPresent()) {
        best = candidate;
        fits = middle;
      } else {
        tooMuch = middle;
      }
    }
    return best;
  }

  private static Optional<String> fitting(JsonValue body) {
    return Optional.of(body.toString()).filter(text -> text.length() <= LIMIT);
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
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + ELLIPSIS;
  }
}
