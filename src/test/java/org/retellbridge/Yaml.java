package org.retellbridge;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;

/** Writes JSON as YAML that people can read. Texts stay in quotes, as JSON has them. */
final class Yaml {
  private Yaml() {}

  static String of(JsonObject object) {
    StringBuilder text = new StringBuilder();
    fields(object, 0, text);
    return text.toString();
  }

  private static void fields(JsonObject object, int depth, StringBuilder text) {
    for (Map.Entry<String, JsonValue> field : object.entrySet()) {
      indent(depth, text);
      text.append(key(field.getKey())).append(':');
      value(field.getValue(), depth, text);
    }
  }

  private static void items(JsonArray array, int depth, StringBuilder text) {
    for (JsonValue item : array) {
      indent(depth, text);
      text.append('-');
      if (item instanceof JsonObject object && !object.isEmpty()) {
        StringBuilder block = new StringBuilder();
        fields(object, depth + 1, block);
        text.append(' ').append(block.substring(2 * (depth + 1)));
      } else {
        value(item, depth, text);
      }
    }
  }

  private static void value(JsonValue value, int depth, StringBuilder text) {
    if (value instanceof JsonObject object && !object.isEmpty()) {
      text.append('\n');
      fields(object, depth + 1, text);
    } else if (value instanceof JsonArray array && !array.isEmpty()) {
      text.append('\n');
      items(array, depth + 1, text);
    } else {
      text.append(' ').append(value).append('\n');
    }
  }

  private static String key(String key) {
    return key.matches("[A-Za-z_$][A-Za-z0-9_$]*") ? key : quoted(key);
  }

  private static String quoted(String text) {
    JsonString json = jakarta.json.Json.createValue(text);
    return json.toString();
  }

  private static void indent(int depth, StringBuilder text) {
    text.append("  ".repeat(depth));
  }
}
