package org.retellbridge.twin.segment;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.retellbridge.twin.wire.Json;

/** Takes messages, drops what Segment drops in silence, and hands the rest to the space. */
final class Inbox {

  private static final int LONGEST_ID = 100;
  private static final int MOST_FIELDS = 300;

  /** Of a load test, the first messages only. */
  private static final int KEPT = 100_000;

  private final SegmentSpace space;
  private final Clock clock;
  private final List<SegmentMessage> messages = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private boolean holding;

  Inbox(SegmentSpace space, Clock clock) {
    this.space = space;
    this.clock = clock;
  }

  /**
   * @param trouble why the message is lost before anybody looks into it, or an empty text
   */
  synchronized void take(String type, JsonObject body, String trouble) {
    String messageId = Json.text(body, "messageId").orElseGet(() -> UUID.randomUUID().toString());
    String fate = trouble.isEmpty() ? fate(type, body, messageId) : trouble;
    SegmentMessage message = new SegmentMessage(type, messageId, timestamp(body), body, fate);
    if (messages.size() < KEPT) {
      messages.add(message);
    }
    if (message.applied()) {
      space.apply(message);
    }
  }

  private String fate(String type, JsonObject body, String messageId) {
    String fields = type.equals("track") ? "properties" : "traits";
    JsonValue values = body.get(fields);
    if (!body.containsKey("userId") && !body.containsKey("anonymousId")) {
      return "no_user_anon_id";
    }
    if (type.equals("track") && !(body.get("event") instanceof JsonString)) {
      return body.containsKey("event") ? "event_not_string" : "event_not_defined";
    }
    if (values != null && !(values instanceof JsonObject)) {
      return fields + "_not_object";
    }
    if (messageId.length() > LONGEST_ID || Json.child(body, fields).size() > MOST_FIELDS) {
      return "dropped by the profile store";
    }
    if (!seen.add(messageId)) {
      return "duplicate";
    }
    return holding ? "held" : "applied";
  }

  /** Time of the action: of receipt, less what passed between action and sending (documented). */
  private Instant timestamp(JsonObject body) {
    Instant now = clock.instant();
    Optional<Instant> action = time(body, "timestamp");
    Instant sent = time(body, "sentAt").orElse(now);
    return action.map(original -> now.minus(Duration.between(original, sent))).orElse(now);
  }

  private static Optional<Instant> time(JsonObject body, String name) {
    try {
      return Json.text(body, name).map(Instant::parse);
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  /** Whether new messages wait: between acceptance and look-up there is no promised time. */
  synchronized void hold(boolean on) {
    holding = on;
    if (on) {
      return;
    }
    for (int i = 0; i < messages.size(); i++) {
      SegmentMessage message = messages.get(i);
      if (message.fate().equals("held")) {
        messages.set(i, message.fate("applied"));
        space.apply(message);
      }
    }
  }

  synchronized List<SegmentMessage> messages() {
    return List.copyOf(messages);
  }

  synchronized void clear() {
    messages.clear();
    seen.clear();
    holding = false;
  }
}
