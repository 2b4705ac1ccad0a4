package org.retellbridge.partner.retell.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.partner.retell.EventNames;
import org.retellbridge.partner.retell.functions.CallBody;
import org.retellbridge.partner.retell.functions.RetellCall;

/**
 * One event, of which every field but its name may be absent. Retell may repeat it, and send events
 * of one call in any order (docs.retellai.com/features/webhook-overview).
 */
public final class CallEvent {
  public static final String STARTED = EventNames.STARTED;
  public static final String ENDED = EventNames.ENDED;
  public static final String ANALYZED = EventNames.ANALYZED;

  static final String DISCONNECTION_REASON = "disconnection_reason";

  /** Those that come once in a call. */
  private static final Set<String> LIFECYCLE =
      Set.of(STARTED, ENDED, ANALYZED, "chat_started", "chat_ended", "chat_analyzed");

  /** How wrong Retell's clock and this one may go. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /** An event that belongs to no call is kept under this name. */
  private static final CallId NO_CALL = new CallId("none");

  private final String name;
  private final JsonObject call;
  private final JsonObject whole;
  private final String text;

  private CallEvent(String name, JsonObject call, JsonObject whole, String text) {
    this.name = name;
    this.call = call;
    this.whole = whole;
    this.text = text;
  }

  /** Empty for what is not UTF-8, not a JSON object, or has no name. */
  public static Optional<CallEvent> parse(byte[] body) {
    return JsonText.utf8(body)
        .flatMap(
            text ->
                CallBody.parse(text)
                    .flatMap(
                        whole ->
                            JsonText.text(whole, "event")
                                .filter(name -> !name.isBlank())
                                .map(name -> new CallEvent(name, call(whole), whole, text))));
  }

  private static JsonObject call(JsonObject whole) {
    return whole.get("call") instanceof JsonObject call ? call : JsonValue.EMPTY_JSON_OBJECT;
  }

  public String name() {
    return name;
  }

  public RetellCall call() {
    return new RetellCall(call);
  }

  /** Retell's name of the call or chat that it belongs to. */
  public CallId callId() {
    return call()
        .callId()
        .or(
            () ->
                whole.get("chat") instanceof JsonObject chat
                    ? JsonText.text(chat, "chat_id").flatMap(CallId::parse)
                    : Optional.empty())
        .orElse(NO_CALL);
  }

  /**
   * Tells events of the same name in one call apart, and is the same for a repeat; empty text for
   * those that come once.
   */
  public String discriminator() {
    if (LIFECYCLE.contains(name) && !callId().equals(NO_CALL)) {
      return "";
    }
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
  }

  /** By which a receiver recognises a repeat. */
  public String id() {
    String all = name + "\n" + callId() + "\n" + discriminator();
    return "retell-event-" + UUID.nameUUIDFromBytes(all.getBytes(UTF_8));
  }

  /** When the call began, if it says so and that can be. */
  public Optional<Instant> start() {
    return instant("start_timestamp");
  }

  /** When the call was over, if it says so and that can be. */
  public Optional<Instant> end() {
    return instant("end_timestamp");
  }

  /** How long the call was, in milliseconds. */
  public Optional<Long> durationMillis() {
    return millis("duration_ms")
        .or(
            () ->
                start()
                    .flatMap(start -> end().map(end -> Duration.between(start, end).toMillis())));
  }

  /** Retell's {@code disconnection_reason}. */
  public Optional<String> disconnectionReason() {
    return JsonText.text(call, DISCONNECTION_REASON);
  }

  /** Retell's {@code call_analysis}; empty when there is none. */
  public CallAnalysis analysis() {
    return new CallAnalysis(
        call.get("call_analysis") instanceof JsonObject analysis
            ? analysis
            : JsonValue.EMPTY_JSON_OBJECT);
  }

  /** What may be kept of it, as JSON. */
  public String kept() {
    return KeptEvent.of(call);
  }

  /** The body as it came. */
  String text() {
    return text;
  }

  /** The ledger reckons with it, and would break on a time of any size. */
  private Optional<Instant> instant(String field) {
    long latest = Instant.now().plus(AHEAD).toEpochMilli();
    return call.get(field) instanceof JsonNumber number
            && number.doubleValue() >= 0
            && number.doubleValue() <= latest
        ? Optional.of(Instant.ofEpochMilli(number.longValue()))
        : Optional.empty();
  }

  private Optional<Long> millis(String field) {
    return call.get(field) instanceof JsonNumber number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }
}
