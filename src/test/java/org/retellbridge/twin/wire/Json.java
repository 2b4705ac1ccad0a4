package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Map;
import java.util.Optional;

/** JSON with one provider for all: looking it up each time costs more than the parsing. */
public final class Json {

  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private Json() {}

  public static JsonObjectBuilder object() {
    return PROVIDER.createObjectBuilder();
  }

  public static JsonObjectBuilder object(JsonObject from) {
    return PROVIDER.createObjectBuilder(from);
  }

  public static JsonObject strings(Map<String, String> map) {
    JsonObjectBuilder object = object();
    map.forEach(object::add);
    return object.build();
  }

  public static JsonArrayBuilder array() {
    return PROVIDER.createArrayBuilder();
  }

  public static JsonString string(String text) {
    return PROVIDER.createValue(text);
  }

  /** The object in that text, or empty where it is anything else, broken JSON included. */
  public static Optional<JsonObject> parseObject(byte[] utf8) {
    return parse(utf8).filter(JsonObject.class::isInstance).map(JsonValue::asJsonObject);
  }

  public static Optional<JsonObject> parseObject(String text) {
    return parseObject(text.getBytes(UTF_8));
  }

  public static Optional<JsonValue> parse(byte[] utf8) {
    try (JsonReader json = PROVIDER.createReader(reader(utf8))) {
      return Optional.of(json.readValue());
    } catch (JsonException | IllegalStateException notJson) {
      return Optional.empty();
    }
  }

  private static Reader reader(byte[] utf8) {
    return new InputStreamReader(new ByteArrayInputStream(utf8), UTF_8);
  }

  /** The text under that name; empty where there is none or another type. */
  public static Optional<String> text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  /** The object under that name, an empty one where there is none or another type. */
  public static JsonObject child(JsonObject object, String name) {
    return object.get(name) instanceof JsonObject child ? child : JsonValue.EMPTY_JSON_OBJECT;
  }
}
