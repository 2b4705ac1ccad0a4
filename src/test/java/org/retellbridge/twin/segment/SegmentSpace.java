package org.retellbridge.twin.segment;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.retellbridge.twin.wire.Json;

/** The profiles of a space, and how messages find, join or make them. */
final class SegmentSpace {

  private final Map<Identifier, Profile> profiles = new LinkedHashMap<>();
  private final IdentityRules rules = new IdentityRules();
  private final Clock clock;

  SegmentSpace(Clock clock) {
    this.clock = clock;
  }

  IdentityRules rules() {
    return rules;
  }

  synchronized void apply(SegmentMessage message) {
    List<Identifier> identifiers = rules.of(message.type(), message.body());
    if (identifiers.isEmpty()) {
      return;
    }
    Profile profile = resolve(new ArrayList<>(identifiers), message.messageId());
    if (message.type().equals("identify")) {
      profile.update(Json.child(message.body(), "traits"));
    }
    if (message.type().equals("track")) {
      profile.add(event(message, identifiers));
    }
  }

  private static Profile.Event event(SegmentMessage message, List<Identifier> identifiers) {
    JsonObject body = message.body();
    return new Profile.Event(
        Json.text(body, "event").orElse(""),
        message.timestamp(),
        message.messageId(),
        Json.child(body, "properties"),
        Json.child(body, "context"),
        identifiers);
  }

  /**
   * Finds the profile of these identifiers, merging several into one. Where a limit forbids that,
   * the identifier of lowest priority is dropped from the message until it fits (documented).
   */
  private Profile resolve(List<Identifier> identifiers, String messageId) {
    while (identifiers.size() > 1 && !fits(identifiers)) {
      identifiers.remove(identifiers.size() - 1);
    }
    Instant now = clock.instant();
    Set<Profile> matches = matches(identifiers);
    Profile profile = matches.isEmpty() ? new Profile(now) : matches.iterator().next();
    matches.stream().filter(other -> other != profile).forEach(profile::absorb);
    identifiers.forEach(identifier -> profile.learn(identifier, now, messageId));
    profile.identifiers().forEach(identifier -> profiles.put(identifier, profile));
    return profile;
  }

  private Set<Profile> matches(List<Identifier> identifiers) {
    Set<Profile> matches = new LinkedHashSet<>();
    identifiers.forEach(
        identifier -> Optional.ofNullable(profiles.get(identifier)).ifPresent(matches::add));
    return matches;
  }

  private boolean fits(List<Identifier> identifiers) {
    Set<Identifier> all = new LinkedHashSet<>(identifiers);
    matches(identifiers).forEach(profile -> all.addAll(profile.identifiers()));
    return all.stream()
        .collect(Collectors.groupingBy(Identifier::type, Collectors.counting()))
        .entrySet()
        .stream()
        .allMatch(entry -> entry.getValue() <= rules.limit(entry.getKey()));
  }

  /**
   * Asks the profile that has the identifier. Custom values are found in lower case only
   * (documented for the look-up; what ingest does to their case is unknown).
   */
  synchronized <T> Optional<T> ask(Identifier identifier, Function<Profile, T> question) {
    boolean custom = !identifier.type().equals("user_id");
    String value = identifier.value();
    if (custom && !value.equals(value.toLowerCase(java.util.Locale.ROOT))) {
      return Optional.empty();
    }
    return Optional.ofNullable(profiles.get(identifier)).map(question);
  }

  synchronized Set<Profile> all() {
    return new LinkedHashSet<>(profiles.values());
  }

  synchronized void clear() {
    profiles.clear();
  }
}
