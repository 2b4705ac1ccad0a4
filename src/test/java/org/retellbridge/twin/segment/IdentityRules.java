package org.retellbridge.twin.segment;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.retellbridge.twin.wire.Json;

/** Which identifiers a message carries, and how many of each a profile may have (section 4). */
final class IdentityRules {

  private static final List<String> PRIORITY = List.of("user_id", "email");
  private static final Set<String> ALWAYS = Set.of("user_id", "anonymous_id", "email");

  private final Set<String> configured = ConcurrentHashMap.newKeySet();
  private volatile boolean addsUnknown = true;

  IdentityRules() {
    configured.addAll(List.of("phone", "client_id"));
  }

  /** A space without that custom identifier, as it is before somebody adds it. */
  void forget(String type) {
    configured.remove(type);
  }

  void configure(String type) {
    configured.add(type);
  }

  /** Whether a type that comes for the first time in {@code externalIds} becomes an identifier. */
  void addsUnknown(boolean on) {
    addsUnknown = on;
  }

  int limit(String type) {
    return type.equals("user_id") ? 1 : 5;
  }

  /** The identifiers of a message, the one of highest priority first. */
  List<Identifier> of(String messageType, JsonObject body) {
    Set<Identifier> found = new LinkedHashSet<>();
    Json.text(body, "userId").ifPresent(id -> add(found, "user_id", id));
    Json.text(body, "anonymousId").ifPresent(id -> add(found, "anonymous_id", id));
    JsonObject context = Json.child(body, "context");
    external(context, found);
    fromFields(Json.child(body, messageType.equals("track") ? "properties" : "traits"), found);
    fromFields(Json.child(context, "traits"), found);
    List<Identifier> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(IdentityRules::rank).thenComparing(Identifier::type));
    return sorted;
  }

  private static int rank(Identifier identifier) {
    int rank = PRIORITY.indexOf(identifier.type());
    return rank < 0 ? PRIORITY.size() : rank;
  }

  /**
   * Items need all four fields. An unknown type is added at first sight: documented for spaces made
   * before 2020-09-27, and unknown of later ones (section 8).
   */
  private void external(JsonObject context, Set<Identifier> found) {
    if (!(context.get("externalIds") instanceof JsonArray items)) {
      return;
    }
    for (JsonObject item : items.getValuesAs(JsonObject.class)) {
      Optional<String> id = Json.text(item, "id");
      Optional<String> type = Json.text(item, "type");
      boolean whole =
          Json.text(item, "collection").equals(Optional.of("users"))
              && Json.text(item, "encoding").equals(Optional.of("none"));
      if (whole && id.isPresent() && type.isPresent()) {
        if (addsUnknown) {
          configured.add(type.get());
        }
        add(found, type.get(), id.get());
      }
    }
  }

  private void fromFields(JsonObject fields, Set<Identifier> found) {
    fields.forEach(
        (name, value) -> {
          String type = snakeCase(name);
          boolean counts = type.equals("email") || configured.contains(type);
          if (counts && !type.equals("user_id") && value instanceof JsonString text) {
            add(found, type, text.getString());
          }
        });
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
  }

  /** The suggested block list is in force. */
  private void add(Set<Identifier> found, String type, String value) {
    boolean blocked = value.isBlank() || value.matches("[0-]+|-1|null|anonymous");
    if (!blocked && (ALWAYS.contains(type) || configured.contains(type))) {
      found.add(new Identifier(type, value));
    }
  }
}
