package org.retellbridge.foundation.json;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;

/**
 * JSON objects as text and back. {@code Json.createReader} would search the class path for its
 * provider on every call.
 */
public final class JsonText {
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  private JsonText() {}

  /** The object that the text holds; empty for anything else, broken text and scalars included. */
  public static Optional<JsonObject> parseObject(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      JsonValue value = reader.readValue();
      return value.getValueType() == JsonValue.ValueType.OBJECT
          ? Optional.of(value.asJsonObject())
          : Optional.empty();
    } catch (RuntimeException e) {
      // Beside JsonException: Parsson throws a bare RuntimeException for deep nesting, and a
      // NumberFormatException for an exponent beyond all bounds.
      return Optional.empty();
    }
  }

  /** The value when it is a text that is not empty. */
  public static Optional<String> text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString string && !string.getString().isEmpty()
        ? Optional.of(string.getString())
        : Optional.empty();
  }

  public static JsonObjectBuilder object() {
    return BUILDERS.createObjectBuilder();
  }

  public static JsonArrayBuilder array() {
    return BUILDERS.createArrayBuilder();
  }
}
