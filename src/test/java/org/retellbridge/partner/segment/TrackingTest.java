package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.segment.Delivery.Accepted;
import org.retellbridge.partner.segment.Delivery.Unsendable;

class TrackingTest {
  private static final Customer MIA =
      new Customer(Caller.parse("+61400000001").orElseThrow(), true);
  private static final String TAKEN = "{\"success\":true}";

  private final Scripted segment = new Scripted();
  private final Tracking tracking = tracking("SEGMENT_WRITE_KEY", "write_key_1");

  @AfterEach
  void close() {
    segment.close();
  }

  @Test
  void identifiesByTheVerifiedCallerAndNotByWhatTheModelHeard() {
    segment.answers(TAKEN);
    Delivery delivery =
        Scripted.await(
            tracking.identify(MIA, texts("name", "Zoë", "phone", "+61499", "address", "1 St")));

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
    Scripted.await(tracking.track(MIA, "place_order", texts("summary", "1 margherita")));

    assertThat(sent(0).getString("event")).isEqualTo("place_order");
    assertThat(sent(0).getJsonObject("properties")).hasToString("{\"summary\":\"1 margherita\"}");
    assertThat(sent(0)).doesNotContainKey("traits");
  }

  @Test
  void repeatsUnderTheSameIdAndTimeButSaysWhenItSends() {
    segment.fails(new IOException("cut")).answers(TAKEN);
    Scripted.await(tracking.track(MIA, "e", Map.of()));

    assertThat(segment.asked()).hasSize(2);
    assertThat(sent(0).getString("messageId"))
        .hasSizeBetween(32, 99)
        .isEqualTo(sent(1).getString("messageId"));
    assertThat(sent(0).getString("timestamp"))
        .matches("2026-08-22T09:00:0[0-9]\\.000Z")
        .isEqualTo(sent(1).getString("timestamp"));
    assertThat(sent(0).getString("sentAt")).isLessThan(sent(1).getString("sentAt"));
    assertThat(Instant.parse(sent(1).getString("sentAt"))).isAfter("2026-08-22T09:00:00Z");
  }

  @Test
  void givesEachMessageItsOwnId() {
    segment.answers(TAKEN).answers(TAKEN);
    Scripted.await(tracking.track(MIA, "e", Map.of()));
    Scripted.await(tracking.track(MIA, "e", Map.of()));

    assertThat(sent(0).getString("messageId")).isNotEqualTo(sent(1).getString("messageId"));
  }

  @Test
  void takesSuccessFalseForARefusal() {
    segment.answers(Payload.of("tracking-refused"));

    assertFails(Kind.REFUSED);
    assertThat(segment.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OK", "<html></html>", "{\"success\""})
  void takesWhatIsNotJsonForAFailure(String body) {
    segment.answers(body);

    assertFails(Kind.GARBLED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 413, 501, 505, 511})
  void doesNotRepeatWhatCannotSucceed(int status) {
    segment.refuses(status).answers(TAKEN);

    assertThatThrownBy(() -> Scripted.await(tracking.track(MIA, "e", Map.of())))
        .isInstanceOf(VendorFailure.class);
    assertThat(segment.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 410, 429, 460, 500, 502, 503, 504})
  void repeatsWhatMaySucceed(int status) {
    segment.refuses(status).answers(TAKEN);

    assertThat(Scripted.await(tracking.track(MIA, "e", Map.of()))).isInstanceOf(Accepted.class);
  }

  @Test
  void measuresSizeInBytes() {
    segment.answers(TAKEN);
    // 12,000 characters, 36,000 bytes
    Delivery delivery = Scripted.await(tracking.track(MIA, "e", texts("a", "€".repeat(12_000))));

    assertThat(delivery).isEqualTo(new Unsendable("The details are too long to store."));
    assertThat(segment.asked()).isEmpty();
    assertThat(Scripted.await(tracking.track(MIA, "e", texts("a", "e".repeat(12_000)))))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void sendsUpToTheLastByte() {
    segment.answers(TAKEN).answers(TAKEN);
    Scripted.await(tracking.track(MIA, "e", texts("a", "")));
    int room = Message.LONGEST - segment.asked().get(0).length();

    assertThat(Scripted.await(tracking.track(MIA, "e", texts("a", "x".repeat(room)))))
        .isInstanceOf(Accepted.class);
    assertThat(Scripted.await(tracking.track(MIA, "e", texts("a", "x".repeat(room + 1)))))
        .isInstanceOf(Unsendable.class);
  }

  @Test
  void sendsAtMostThreeHundredProperties() {
    segment.answers(TAKEN);

    assertThat(Scripted.await(tracking.track(MIA, "e", many(300)))).isInstanceOf(Accepted.class);
    assertThat(Scripted.await(tracking.track(MIA, "e", many(301))))
        .isEqualTo(new Unsendable("There are too many details to store."));
  }

  @Test
  void isOffWithoutAWriteKey() {
    assertThat(tracking.on()).isTrue();
    assertThat(tracking().on()).isFalse();
  }

  private void assertFails(Kind kind) {
    assertThatThrownBy(() -> Scripted.await(tracking.track(MIA, "e", Map.of())))
        .isInstanceOfSatisfying(
            VendorFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  private JsonObject sent(int attempt) {
    return Optional.of(segment.asked().get(attempt)).flatMap(JsonText::parseObject).orElseThrow();
  }

  private Tracking tracking(String... settings) {
    return new Tracking(TestSettings.of(settings), segment, segment.line(), new TickingClock());
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

  /** A second passes between two looks at it. */
  private static final class TickingClock extends Clock {
    private Instant now = Instant.parse("2026-08-22T09:00:00Z");

    @Override
    public Instant instant() {
      now = now.plusSeconds(1);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
