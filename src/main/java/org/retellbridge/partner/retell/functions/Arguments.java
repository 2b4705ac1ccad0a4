package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.Caller;

/**
 * The model's words. Names are matched without regard to case ({@code Summary} is {@code summary});
 * empty texts and variables that nobody filled in ({@code {{order_id}}}) count as absent.
 */
public final class Arguments {
  /**
   * What the agent says while the function runs. Of a tool that speaks then, Retell has the model
   * write it among the arguments, anew in each invocation.
   */
  private static final String SPOKEN_MEANWHILE = "execution_message";

  private final Map<String, JsonValue> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Arguments(JsonObject object) {
    object.forEach(
        (name, value) -> {
          if (!absent(value)) {
            values.putIfAbsent(name, value);
          }
        });
  }

  /** Of what a model wrote, in a request or a transcript: without its words for the caller. */
  static Arguments ofModel(JsonObject object) {
    Arguments arguments = new Arguments(object);
    arguments.values.remove(SPOKEN_MEANWHILE);
    return arguments;
  }

  /** The value as a text; numbers and truth values in their JSON spelling, objects as JSON. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(Arguments::text);
  }

  public Optional<JsonValue> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Every argument, by the name that the model used. */
  Map<String, JsonValue> all() {
    return Collections.unmodifiableMap(values);
  }

  /** Every argument but these, by the name that the model used. */
  public Map<String, JsonValue> besides(Collection<String> names) {
    Set<String> known =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    Map<String, JsonValue> others = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!known.contains(name.toLowerCase(Locale.ROOT))) {
            others.put(name, value);
          }
        });
    return others;
  }

  /** One spelling for equal arguments, whatever their order, case of names and way of writing. */
  String normalised() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append(name.toLowerCase(Locale.ROOT))
                .append('=')
                .append(OneSpelling.of(value))
                .append('\n'));
    return text.toString();
  }

  /** These and no others. */
  Arguments only(Collection<String> names) {
    JsonObjectBuilder kept = JsonText.object();
    names.forEach(name -> value(name).ifPresent(value -> kept.add(name, value)));
    return new Arguments(kept.build());
  }

  static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }

  private static boolean absent(JsonValue value) {
    if (value.getValueType() == JsonValue.ValueType.NULL) {
      return true;
    }
    if (!(value instanceof JsonString string)) {
      return false;
    }
    String text = string.getString().strip();
    return text.isEmpty() || Caller.isPlaceholder(text);
  }
}
