package org.retellbridge.operations;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.hours.WeeklyHours;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;

/**
 * What an operator orders, checked; what is not named stays as it is.
 *
 * @param values by setting; empty for what the setting says
 */
record SwitchOrder(Map<Setting<?>, Optional<?>> values, Optional<Drain> drain) {
  private static final String SHARE =
      "ai_share must be a whole number from 0 to 100, or null for AI_SHARE";
  private static final String HOURS =
      "ai_hours must be always, weekly hours with a time zone such as Mo-Fr 08:00-18:00; Sa"
          + " 09:00-12:00 Australia/Sydney, or null for AI_HOURS";
  private static final String DRAIN =
      "drain must be true for this node, the text all for every node, or false";
  private static final String NOTHING =
      "the order names nothing: ai_share, ai_hours or drain is wanted";
  private static final int LONGEST_HOURS = 1_000;

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException with what is wrong as its message, which repeats nothing of
   *     the order
   */
  static SwitchOrder parse(JsonObject json) {
    if (json.isEmpty()) {
      throw new IllegalArgumentException(NOTHING);
    }
    Map<Setting<?>, Optional<?>> values = new LinkedHashMap<>();
    Optional<Drain> drain = Optional.empty();
    for (Map.Entry<String, JsonValue> entry : json.entrySet()) {
      JsonValue value = entry.getValue();
      switch (entry.getKey()) {
        case "ai_share" -> values.put(Catalogue.AI_SHARE, share(value));
        case "ai_hours" -> values.put(Catalogue.AI_HOURS, hours(value));
        case "drain" -> drain = Optional.of(drain(value));
        default ->
            throw new IllegalArgumentException("only ai_share, ai_hours and drain can be switched");
      }
    }
    return new SwitchOrder(values, drain);
  }

  boolean onlyEndsDraining() {
    return values.isEmpty() && drain.filter(Drain.END::equals).isPresent();
  }

  private static Optional<Integer> share(JsonValue value) {
    if (JsonValue.NULL.equals(value)) {
      return Optional.empty();
    }
    if (value instanceof JsonNumber number
        && number.isIntegral()
        && number.doubleValue() >= 0
        && number.doubleValue() <= 100) {
      return Optional.of(number.intValue());
    }
    throw new IllegalArgumentException(SHARE);
  }

  private static Optional<WeeklyHours> hours(JsonValue value) {
    if (JsonValue.NULL.equals(value)) {
      return Optional.empty();
    }
    if (!(value instanceof JsonString text) || text.getString().length() > LONGEST_HOURS) {
      throw new IllegalArgumentException(HOURS);
    }
    try {
      return Optional.of(WeeklyHours.parse(text.getString()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(HOURS + ": " + e.getMessage(), e);
    }
  }

  private static Drain drain(JsonValue value) {
    if (JsonValue.TRUE.equals(value)) {
      return Drain.THIS_NODE;
    }
    if (JsonValue.FALSE.equals(value) || JsonValue.NULL.equals(value)) {
      return Drain.END;
    }
    if (value instanceof JsonString text && text.getString().equals("all")) {
      return Drain.ALL_NODES;
    }
    throw new IllegalArgumentException(DRAIN);
  }
}
