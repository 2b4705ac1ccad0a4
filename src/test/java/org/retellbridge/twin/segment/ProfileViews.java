package org.retellbridge.twin.segment;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Request;

/** The faces of a profile: traits, events, external ids, metadata, links. */
final class ProfileViews {

  /** Events reach back this far, traits have no limit (documented). */
  private static final Duration EVENTS_REACH_BACK = Duration.ofDays(14);

  private final Clock clock;

  ProfileViews(Clock clock) {
    this.clock = clock;
  }

  Optional<Function<Profile, JsonObject>> view(String name, Request request) {
    Fields query = request.query();
    String url = request.rawPath();
    return switch (name) {
      case "traits" -> Optional.of(profile -> traits(profile, query, url));
      case "events" -> Optional.of(profile -> events(profile, query, url));
      case "external_ids" -> Optional.of(profile -> externalIds(profile, query, url));
      case "metadata" -> Optional.of(ProfileViews::metadata);
      case "links" ->
          Optional.of(profile -> list(Json.array(), Page.of(List.of(), query, 20, 20, url)));
      default -> Optional.empty();
    };
  }

  private static JsonObject traits(Profile profile, Fields query, String url) {
    List<String> names = new ArrayList<>(profile.orderedTraits().keySet());
    names(query, "include").ifPresent(names::retainAll);
    if (query.first("class").isPresent()) {
      names.clear();
    }
    Page<String> page = Page.of(names, query, 10, 200, url);
    boolean verbose = query.get("verbose").equals("true");
    JsonObjectBuilder traits = Json.object();
    for (String name : page.items()) {
      if (verbose) {
        traits.add(
            name,
            Json.object()
                .add("value", profile.orderedTraits().get(name))
                .add("source_id", "src_twin")
                .add("updated_at", profile.updated().toString()));
      } else {
        traits.add(name, profile.orderedTraits().get(name));
      }
    }
    return Json.object().add("traits", traits).add("cursor", page.cursor()).build();
  }

  private JsonObject events(Profile profile, Fields query, String url) {
    Instant start = query.first("start").map(Instant::parse).orElse(Instant.MIN);
    Instant end = query.first("end").map(Instant::parse).orElse(Instant.MAX);
    Instant oldest = clock.instant().minus(EVENTS_REACH_BACK);
    Optional<Set<String>> include = names(query, "include");
    Set<String> exclude = names(query, "exclude").orElse(Set.of());
    List<Profile.Event> events = new ArrayList<>(profile.events());
    events.removeIf(event -> event.timestamp().isBefore(oldest));
    events.removeIf(event -> event.timestamp().isBefore(start) || event.timestamp().isAfter(end));
    events.removeIf(event -> include.isPresent() && !include.get().contains(event.name()));
    events.removeIf(event -> exclude.contains(event.name()));
    events.sort(java.util.Comparator.comparing(Profile.Event::timestamp));
    if (!query.get("sort").equals("asc")) {
      Collections.reverse(events);
    }
    Page<Profile.Event> page = Page.of(events, query, 10, 100, url);
    JsonArrayBuilder data = Json.array();
    page.items().forEach(event -> data.add(event(profile, event)));
    return list(data, page);
  }

  /** Properties are absent where the event had none: the bridge must not rely on them. */
  private static JsonObjectBuilder event(Profile profile, Profile.Event event) {
    JsonArrayBuilder ids = Json.array();
    event.identifiers().forEach(identifier -> ids.add(external(identifier)));
    JsonObjectBuilder json =
        Json.object()
            .add("type", "track")
            .add("event", event.name())
            .add("timestamp", event.timestamp().toString())
            .add("message_id", event.messageId())
            .add("source_id", "src_twin")
            .add("external_ids", ids)
            .add("context", event.context());
    if (!event.properties().isEmpty()) {
      json.add("properties", event.properties());
    }
    return json.add("related", Json.object().add("users", profile.segmentId()));
  }

  private static JsonObject externalIds(Profile profile, Fields query, String url) {
    Page<Identifier> page = Page.of(profile.identifiers(), query, 25, 25, url);
    JsonArrayBuilder data = Json.array();
    for (Identifier identifier : page.items()) {
      Profile.Known known = profile.known().get(identifier);
      data.add(
          external(identifier)
              .add("source_id", "src_twin")
              .add("created_at", known.created().toString())
              .add("first_message_id", known.messageId()));
    }
    return list(data, page);
  }

  private static JsonObjectBuilder external(Identifier identifier) {
    return Json.object()
        .add("collection", "users")
        .add("type", identifier.type())
        .add("id", identifier.value())
        .add("encoding", "none");
  }

  private static JsonObject metadata(Profile profile) {
    return Json.object()
        .add(
            "metadata",
            Json.object()
                .add("created_at", profile.created().toString())
                .add("updated_at", profile.updated().toString())
                .addNull("expires_at")
                .add("first_source_id", "src_twin")
                .add("last_source_id", "src_twin"))
        .build();
  }

  private static JsonObject list(JsonArrayBuilder data, Page<?> page) {
    return Json.object().add("data", data).add("cursor", page.cursor()).build();
  }

  private static Optional<Set<String>> names(Fields query, String parameter) {
    return query.first(parameter).map(list -> Set.of(list.split(",")));
  }
}
