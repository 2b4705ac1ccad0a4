package org.retellbridge.feature.tracking;

import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.partner.retell.functions.Arguments;

/**
 * The model's arguments as an event's properties. Its words about the time stay as they are, for
 * who reads them back; they never set the event's time, and where they can be read they are there a
 * second time as {@code ordered_at}.
 */
final class EventProperties {
  private static final String TIMESTAMP = "timestamp";
  private static final String ORDERED_AT = "ordered_at";

  /** Written as the original did, however the model spells them. */
  private static final List<String> USUAL = List.of("summary", "total", TIMESTAMP);

  private EventProperties() {}

  static Map<String, JsonValue> of(Arguments arguments) {
    Map<String, JsonValue> properties = new LinkedHashMap<>();
    USUAL.forEach(name -> arguments.value(name).ifPresent(value -> properties.put(name, value)));
    properties.putAll(arguments.besides(USUAL));
    arguments
        .text(TIMESTAMP)
        .flatMap(EventProperties::time)
        .ifPresent(time -> properties.put(ORDERED_AT, JsonText.string(time.toString())));
    return properties;
  }

  /** Only what says its own offset: of "tomorrow at six" nobody knows where it is six. */
  private static Optional<Instant> time(String text) {
    String stripped = text.strip();
    try {
      return Optional.of(OffsetDateTime.parse(stripped).toInstant());
    } catch (DateTimeException notIso) {
      return mailTime(stripped);
    }
  }

  private static Optional<Instant> mailTime(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
