package org.retellbridge.partner.retell.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.retellbridge.foundation.json.JsonText;

/**
 * A form as the original's runtime saw it: an object of texts, with a list for a repeated field.
 * Retell sends none; whoever else may sign a function's request may.
 */
final class FormBody {
  private FormBody() {}

  static boolean is(MediaType type) {
    return type != null && MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type);
  }

  /**
   * Parses {@code a=1&b=2}.
   *
   * @throws IllegalArgumentException for a broken percent escape
   */
  static JsonObject parse(byte[] body) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String pair : new String(body, UTF_8).split("&")) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        fields
            .computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), name -> new ArrayList<>(1))
            .add(parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
      }
    }
    JsonObjectBuilder object = JsonText.object();
    fields.forEach(
        (name, values) -> {
          if (values.size() == 1) {
            object.add(name, values.get(0));
          } else {
            object.add(name, array(values));
          }
        });
    return object.build();
  }

  private static JsonArrayBuilder array(List<String> values) {
    JsonArrayBuilder array = JsonText.array();
    values.forEach(array::add);
    return array;
  }
}
