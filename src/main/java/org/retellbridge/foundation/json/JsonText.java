package org.retellbridge.foundation.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * JSON as text and back. {@code Json.createReader} would search the class path for its provider on
 * every call.
 */
public final class JsonText {
  private static final JsonProvider PROVIDER = JsonProvider.provider();
  private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());
  private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());
  private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());
  private static final int DEEPEST = 64;

  private JsonText() {}

  /** Deep nesting costs some parsers their stack; no vendor nests more than ten levels. */
  private static boolean tooDeep(String text) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        if (++depth > DEEPEST) {
          return true;
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return false;
  }

  /** The object that the text holds; empty for anything else, broken text and scalars included. */
  public static Optional<JsonObject> parseObject(String text) {
    return parse(text)
        .filter(value -> value.getValueType() == JsonValue.ValueType.OBJECT)
        .map(JsonValue::asJsonObject);
  }

  /** The value that the text holds, of whatever type; empty for broken text. */
  public static Optional<JsonValue> parse(String text) {
    if (tooDeep(text)) {
      return Optional.empty();
    }
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return Optional.of(reader.readValue());
    } catch (RuntimeException e) {
      // Beside JsonException: Parsson throws a bare RuntimeException for deep nesting, and a
      // NumberFormatException for an exponent beyond all bounds.
      return Optional.empty();
    }
  }

  /**
   * What a reader makes of the text, token by token, where not all of it shall become objects.
   *
   * @param reading stands before the first token
   * @return empty for broken text, as far as it was read
   */
  public static <T> Optional<T> read(String text, Function<JsonParser, Optional<T>> reading) {
    if (tooDeep(text)) {
      return Optional.empty();
    }
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      return reading.apply(parser);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The same for bytes, which must be UTF-8 throughout. */
  public static Optional<JsonObject> parseObject(byte[] bytes) {
    return utf8(bytes).flatMap(JsonText::parseObject);
  }

  /** The text of the bytes; empty when they are not UTF-8 throughout. */
  public static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The value when it is a text that is not empty. */
  public static Optional<String> text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString string && !string.getString().isEmpty()
        ? Optional.of(string.getString())
        : Optional.empty();
  }

  public static JsonString string(String text) {
    return PROVIDER.createValue(text);
  }

  public static JsonValue number(double value) {
    return array().add(value).build().get(0);
  }

  public static JsonObjectBuilder object() {
    return BUILDERS.createObjectBuilder();
  }

  public static JsonArrayBuilder array() {
    return BUILDERS.createArrayBuilder();
  }
}
