package org.retellbridge.partner.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Parcel;

/**
 * One message to Segment, which stays the same over all attempts to deliver it.
 *
 * @param kind the path that it goes to
 * @param fields everything but {@code sentAt} and the write key
 */
record Message(Kind kind, JsonObject fields) {
  /** Segment's limit for one message. */
  static final int LONGEST = 32 * 1024;

  /** What a profile keeps; more than that is dropped with a 200. */
  static final int MOST_FIELDS = 300;

  /** Always three digits of a second, so that every attempt has the same length. */
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  enum Kind {
    IDENTIFY("traits"),
    TRACK("properties");

    private final String values;

    Kind(String values) {
      this.values = values;
    }
  }

  /**
   * @param id by which Segment recognises a repeat
   */
  static Message identify(Identity identity, JsonObject traits, String id, Instant now) {
    return new Message(
        Kind.IDENTIFY, common(identity, id, now).add(Kind.IDENTIFY.values, traits).build());
  }

  /**
   * @param id by which Segment recognises a repeat
   */
  static Message track(
      Identity identity, String event, JsonObject properties, String id, Instant now) {
    return new Message(
        Kind.TRACK,
        common(identity, id, now).add("event", event).add(Kind.TRACK.values, properties).build());
  }

  /** What {@link #parcel} made of a message, under the id that the outbox accepted it with. */
  static Message of(Parcel parcel) {
    JsonObject fields = JsonText.parseObject(parcel.payload()).orElseThrow();
    JsonObjectBuilder named = JsonText.object();
    fields.forEach(named::add);
    return new Message(
        fields.containsKey("event") ? Kind.TRACK : Kind.IDENTIFY,
        named.add("messageId", parcel.messageId()).build());
  }

  /** For the outbox, in order with the customer's other messages. */
  Parcel parcel() {
    return new Parcel(
        SegmentCourier.KIND,
        fields.getString("userId"),
        fields.getString("messageId"),
        Instant.parse(fields.getString("timestamp")),
        fields.toString());
  }

  /** With the time of this attempt: from it Segment reckons how wrong the sender's clock is. */
  String body(String writeKey, Instant sentAt) {
    JsonObjectBuilder body = JsonText.object();
    fields.forEach(body::add);
    return body.add("sentAt", ISO.format(sentAt)).add("writeKey", writeKey).build().toString();
  }

  /** Why Segment would drop this message, mostly without saying so. */
  Optional<String> flaw(String writeKey, Instant now) {
    String body = body(writeKey, now);
    if (fields.getJsonObject(kind.values).size() > MOST_FIELDS) {
      return Optional.of("There are too many details to store.");
    }
    return body.getBytes(UTF_8).length > LONGEST
        ? Optional.of("The details are too long to store.")
        : Optional.empty();
  }

  private static JsonObjectBuilder common(Identity identity, String id, Instant now) {
    return JsonText.object()
        .add("userId", identity.userId())
        .add("messageId", id)
        .add("timestamp", ISO.format(now))
        .add("context", identity.context());
  }
}
