package org.retellbridge.partner.segment;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.retellbridge.foundation.json.JsonText;

/**
 * Something that a customer did.
 *
 * @param properties empty when Segment keeps none
 */
public record CustomerEvent(String name, JsonObject properties) {

  /** The events of a page, in its order; a page without {@code data} has none. */
  static List<CustomerEvent> of(JsonObject page) {
    return page.get("data") instanceof JsonArray data
        ? data.stream()
            .filter(JsonObject.class::isInstance)
            .map(item -> of(item.asJsonObject(), item.asJsonObject().get("properties")))
            .toList()
        : List.of();
  }

  private static CustomerEvent of(JsonObject item, JsonValue properties) {
    return new CustomerEvent(
        JsonText.text(item, "event").orElse(""),
        properties instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT);
  }
}
