package org.retellbridge.partner.segment;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.json.Renaming;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/**
 * Names for what the model heard. Segment takes identifiers from traits and properties by their
 * name, and a number that somebody spoke would merge the caller with a stranger for good: such a
 * value gets a name of its own, {@code contact_phone} for {@code phone}, with a number where the
 * model heard another under that name.
 */
final class Heard {
  private static final String PREFIX = "contact_";
  private static final String ADDRESS = "address";

  /** Segment's own types and the two that this bridge uses, in snake case. */
  private static final Set<String> IDENTIFIERS =
      Set.of(
          "user_id",
          "anonymous_id",
          "group_id",
          "email",
          "phone",
          "client_id",
          "ga_client_id",
          "android.id",
          "android.idfa",
          "android.push_token",
          "ios.id",
          "ios.idfa",
          "ios.push_token");

  private final Set<String> further;

  private Heard(Set<String> further) {
    this.further = further;
  }

  /** With the identifiers of the space's own, which {@code SEGMENT_IDENTIFIERS} names. */
  static Heard of(Settings settings) {
    return new Heard(
        settings.find(Catalogue.SEGMENT_IDENTIFIERS).orElse(List.of()).stream()
            .map(Heard::snake)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Traits; the reserved {@code address} is an object, and a spoken address is one line of it. */
  JsonObject traits(Map<String, JsonValue> heard) {
    JsonObjectBuilder traits = JsonText.object();
    Renaming.of(heard, this::name)
        .forEach(
            (name, value) ->
                traits.add(
                    name,
                    name.equals(ADDRESS) && value instanceof JsonString
                        ? JsonText.object().add("street", value).build()
                        : value));
    return traits.build();
  }

  JsonObject properties(Map<String, JsonValue> heard) {
    JsonObjectBuilder properties = JsonText.object();
    Renaming.of(heard, this::name).forEach(properties::add);
    return properties.build();
  }

  /** Segment matches camel and snake case alike. */
  private String name(String name) {
    String snake = snake(name);
    return IDENTIFIERS.contains(snake) || further.contains(snake) ? PREFIX + snake : name;
  }

  private static String snake(String name) {
    return name.strip()
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[\\s-]+", "_")
        .toLowerCase(Locale.ROOT);
  }
}
