package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.retellbridge.foundation.json.JsonText;

/**
 * What the person who takes a task is told.
 *
 * @param context what the bridge knows of the call; goes before an argument of the same name
 * @param arguments the model's words
 * @param reserved names in lower case that no argument gets, in whatever case
 */
public record TaskAttributes(
    Map<String, String> context, Map<String, JsonValue> arguments, Set<String> reserved) {
  /** Twilio names no limit for tasks; Flex shows attributes, so they are to be read by people. */
  private static final int MOST_BYTES = 4 * 1024;

  /** The attributes as a JSON object of at most 4 KiB. */
  public String json() {
    return within(json -> json, json -> json.getBytes(UTF_8).length <= MOST_BYTES);
  }

  /**
   * As much of the attributes as fits into something else.
   *
   * @param around what is made of the JSON object
   * @param fits whether that is short enough
   */
  public String within(UnaryOperator<String> around, Predicate<String> fits) {
    Map<String, JsonValue> named = ParameterNames.of(arguments, this::taken);
    Map<String, String> texts = new LinkedHashMap<>();
    named.forEach((name, value) -> texts.put(name, text(value)));
    return Fitting.longest(context, texts, kept -> around.apply(json(kept, named)), fits);
  }

  private boolean taken(String name) {
    return context.containsKey(name) || reserved.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Numbers, truth values, lists and objects stand there whole or not at all. */
  private String json(Map<String, String> kept, Map<String, JsonValue> named) {
    JsonObjectBuilder json = JsonText.object();
    kept.forEach(
        (name, text) -> {
          JsonValue value = named.get(name);
          if (value == null || value instanceof JsonString) {
            json.add(name, text);
          } else if (value.toString().equals(text)) {
            json.add(name, value);
          }
        });
    return json.build().toString();
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }
}
