package org.retellbridge.twin.segment;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A customer in the space: identifiers, traits, tracked events. Guarded by its space. */
public final class Profile {

  /** An identifier and the message that brought it. */
  record Known(Instant created, String messageId) {}

  /** A tracked event as the profile keeps it. */
  record Event(
      String name,
      Instant timestamp,
      String messageId,
      JsonObject properties,
      JsonObject context,
      List<Identifier> identifiers) {}

  private final String segmentId = "use_" + UUID.randomUUID().toString().replace("-", "");
  private final Map<Identifier, Known> identifiers = new LinkedHashMap<>();
  private final Map<String, JsonValue> traits = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Instant created;
  private Instant updated;

  Profile(Instant now) {
    created = now;
    updated = now;
  }

  public List<Identifier> identifiers() {
    return List.copyOf(identifiers.keySet());
  }

  public Map<String, JsonValue> traits() {
    return Map.copyOf(traits);
  }

  /** The names of the tracked events, oldest first. */
  public List<String> eventNames() {
    return events.stream().map(Event::name).toList();
  }

  String segmentId() {
    return segmentId;
  }

  Map<Identifier, Known> known() {
    return identifiers;
  }

  Map<String, JsonValue> orderedTraits() {
    return traits;
  }

  List<Event> events() {
    return events;
  }

  Instant created() {
    return created;
  }

  Instant updated() {
    return updated;
  }

  void learn(Identifier identifier, Instant now, String messageId) {
    identifiers.putIfAbsent(identifier, new Known(now, messageId));
    updated = now;
  }

  /** Null deletes a trait, an empty string does not (documented). */
  void update(JsonObject values) {
    values.forEach(
        (name, value) -> {
          if (value == JsonValue.NULL) {
            traits.remove(name);
          } else {
            traits.put(name, value);
          }
        });
  }

  void add(Event event) {
    events.add(event);
  }

  /** Takes over everything of a profile that turned out to be the same customer. */
  void absorb(Profile other) {
    other.identifiers.forEach(identifiers::putIfAbsent);
    other.traits.forEach(traits::putIfAbsent);
    events.addAll(other.events);
  }
}
