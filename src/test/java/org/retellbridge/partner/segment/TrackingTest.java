package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Delivery;
import org.retellbridge.foundation.ledger.EffectId;
import org.retellbridge.foundation.ledger.InvocationKey;
import org.retellbridge.foundation.ledger.Kind;
import org.retellbridge.foundation.ledger.Mark;
import org.retellbridge.foundation.ledger.Parcel;
import org.retellbridge.foundation.ledger.TestEffects;
import org.retellbridge.foundation.ledger.Until;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.segment.Written.Accepted;
import org.retellbridge.partner.segment.Written.NotStored;

class TrackingTest {
  private static final Customer MIA =
      new Customer(Caller.parse("+61400000001").orElseThrow(), true);
  private static final String TAKEN = "{\"success\":true}";

  private final Scripted segment = new Scripted();
  private final List<Parcel> handedIn = new ArrayList<>();
  private final Tracking tracking = tracking("SEGMENT_WRITE_KEY", "write_key_1");

  @AfterEach
  void close() {
    segment.close();
  }

  @Test
  void identifiesByTheVerifiedCallerAndNotByWhatTheModelHeard() {
    segment.answers(TAKEN);
    Written delivery =
        Scripted.await(
            tracking.identify(
                MIA, texts("name", "Zoë", "phone", "+61499", "address", "1 St"), mark()));

    assertThat(delivery).isInstanceOf(Accepted.class);
    JsonObject sent = sent(0);
    assertThat(sent.getString("userId")).isEqualTo("+61400000001");
    assertThat(sent.getString("writeKey")).isEqualTo("write_key_1");
    assertThat(sent.getJsonObject("traits"))
        .hasToString(
            "{\"name\":\"Zoë\",\"contact_phone\":\"+61499\",\"address\":{\"street\":\"1 St\"}}");
    assertThat(sent.getJsonObject("context").getJsonArray("externalIds").getJsonObject(0))
        .containsEntry("id", JsonText.string("+61400000001"));
  }

  @Test
  void tracksTheEventWithItsProperties() {
    segment.answers(TAKEN);
    Scripted.await(tracking.track(MIA, "place_order", texts("summary", "1 margherita"), mark()));

    assertThat(sent(0).getString("event")).isEqualTo("place_order");
    assertThat(sent(0).getJsonObject("properties")).hasToString("{\"summary\":\"1 margherita\"}");
    assertThat(sent(0)).doesNotContainKey("traits");
  }

  /** The invocation's own name, so that Segment recognises it after a crash too. */
  @Test
  void putsTheEffectsNameIntoTheMessage() {
    segment.answers(TAKEN);
    Mark mark = mark();
    Scripted.await(tracking.track(MIA, "e", Map.of(), mark));

    assertThat(sent(0).getString("messageId")).isEqualTo(mark.effect().key());
    assertThat(handedIn.get(0).messageId()).isEqualTo(mark.effect().key());
    assertThat(handedIn.get(0).customerKey()).isEqualTo("+61400000001");
  }

  /** Two bridges may hear of one call, and Segment would drop what the second one says. */
  @Test
  void saysToWhichSourceAMessageBelongsThatNoFunctionAskedFor() {
    segment.answers(TAKEN).answers(TAKEN).answers(TAKEN);
    Tracking other = tracking("SEGMENT_WRITE_KEY", "write_key_2");
    for (Tracking one : List.of(tracking, tracking, other)) {
      Scripted.await(one.track(MIA, "Call Analyzed", Map.of(), "segment-retell-event-1"));
    }
    assertThat(handedIn).extracting(Parcel::messageId).allMatch(id -> id.startsWith("segment-"));
    assertThat(handedIn.get(1).messageId()).isEqualTo(handedIn.get(0).messageId());
    assertThat(handedIn.get(2).messageId())
        .isNotEqualTo(handedIn.get(0).messageId())
        .doesNotContain("write_key");
  }

  @Test
  void tellsARefusalFromAnOutage() {
    segment.refuses(400).refuses(503);

    assertThat(Scripted.await(tracking.track(MIA, "e", Map.of(), mark())))
        .isEqualTo(new NotStored("The customer records refused this. Nothing was stored.", true));
    assertThat(Scripted.await(tracking.track(MIA, "e", Map.of(), mark())))
        .isEqualTo(new NotStored("The customer records cannot be reached right now.", false));
  }

  @Test
  void givesARepeatTheFirstAnswer() {
    Tracking repeating =
        tracking(
            (parcel, until, mark) ->
                CompletableFuture.completedStage(
                    new org.retellbridge.foundation.ledger.Accepted.Repeat("first")),
            "SEGMENT_WRITE_KEY",
            "write_key_1");

    assertThat(Scripted.await(repeating.track(MIA, "e", Map.of(), mark())))
        .isEqualTo(new Written.Repeated("first"));
  }

  @Test
  void measuresSizeInBytes() {
    segment.answers(TAKEN);
    // 12,000 characters, 36,000 bytes
    Written delivery =
        Scripted.await(tracking.track(MIA, "e", texts("a", "€".repeat(12_000)), mark()));

    assertThat(delivery).isEqualTo(new NotStored("The details are too long to store.", true));
    assertThat(segment.asked()).isEmpty();
    assertThat(Scripted.await(tracking.track(MIA, "e", texts("a", "e".repeat(12_000)), mark())))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void sendsUpToTheLastByte() {
    segment.answers(TAKEN).answers(TAKEN);
    Scripted.await(tracking.track(MIA, "e", texts("a", ""), mark()));
    int room = Message.LONGEST - segment.asked().get(0).length();

    assertThat(Scripted.await(tracking.track(MIA, "e", texts("a", "x".repeat(room)), mark())))
        .isInstanceOf(Accepted.class);
    assertThat(Scripted.await(tracking.track(MIA, "e", texts("a", "x".repeat(room + 1)), mark())))
        .isInstanceOf(NotStored.class);
  }

  @Test
  void leavesOutTheLongestUntilTheRestFits() {
    Map<String, JsonValue> much =
        texts("a", "a", "b", "€".repeat(7_000), "c", "c".repeat(20_000), "d", "d".repeat(9_000));
    assertThat(tracking.fitting(MIA, "e", much, "id")).containsOnlyKeys("a", "c", "d");
    assertThat(tracking.fitting(MIA, "e", texts("a", "x".repeat(40_000)), "id")).isEmpty();
    assertThat(tracking.fitting(MIA, "e", texts("b", "b", "a", "a"), "id"))
        .isEqualTo(texts("b", "b", "a", "a"));
  }

  @Test
  void sendsAtMostThreeHundredProperties() {
    segment.answers(TAKEN);

    assertThat(Scripted.await(tracking.track(MIA, "e", many(300), mark())))
        .isInstanceOf(Accepted.class);
    assertThat(Scripted.await(tracking.track(MIA, "e", many(301), mark())))
        .isEqualTo(new NotStored("There are too many details to store.", true));
  }

  @Test
  void isOffWithoutAWriteKey() {
    assertThat(tracking.on()).isTrue();
    assertThat(tracking().on()).isFalse();
  }

  private JsonObject sent(int attempt) {
    return Optional.of(segment.asked().get(attempt)).flatMap(JsonText::parseObject).orElseThrow();
  }

  private Tracking tracking(String... settings) {
    return tracking(this::delivered, settings);
  }

  private static Tracking tracking(Tracking.Owed outbox, String... settings) {
    return new Tracking(TestSettings.of(settings), outbox, Clock.systemUTC());
  }

  /** An outbox without memory that makes one attempt. */
  private CompletionStage<org.retellbridge.foundation.ledger.Accepted> delivered(
      Parcel parcel, Until until, Optional<Mark> mark) {
    handedIn.add(parcel);
    SegmentCourier courier =
        new SegmentCourier(
            TestSettings.of("SEGMENT_WRITE_KEY", "write_key_1"),
            segment,
            segment.line(),
            Clock.systemUTC());
    return courier.deliver(parcel).thenApply(TrackingTest::accepted);
  }

  private static org.retellbridge.foundation.ledger.Accepted accepted(Delivery delivery) {
    if (delivery instanceof Delivery.Delivered delivered) {
      return new org.retellbridge.foundation.ledger.Accepted.Delivered();
    }
    return delivery instanceof Delivery.Never never
        ? new org.retellbridge.foundation.ledger.Accepted.Refused(never.reason())
        : new org.retellbridge.foundation.ledger.Accepted.Lost("");
  }

  private static Mark mark() {
    EffectId effect =
        TestEffects.of(
            new CallId("call_1"),
            "/add_event",
            InvocationKey.toolCall(UUID.randomUUID().toString()),
            new Kind("add_event", true, false, "unconfirmed"));
    return new Mark(effect, "accepted");
  }

  private static Map<String, JsonValue> texts(String... pairs) {
    Map<String, JsonValue> texts = new java.util.LinkedHashMap<>();
    List<String> list = List.of(pairs);
    IntStream.range(0, list.size() / 2)
        .forEach(i -> texts.put(list.get(2 * i), JsonText.string(list.get(2 * i + 1))));
    return texts;
  }

  private static Map<String, JsonValue> many(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "p" + i, i -> JsonText.string("x")));
  }
}
