package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Delivery;
import org.retellbridge.foundation.ledger.Parcel;
import org.retellbridge.foundation.settings.TestSettings;

class SegmentCourierTest {
  private static final Instant HAPPENED = Instant.parse("2026-08-22T09:00:00Z");
  private static final String TAKEN = "{\"success\":true}";

  private final Scripted segment = new Scripted();

  @AfterEach
  void close() {
    segment.close();
  }

  @Test
  void sendsTheSameMessageAtEachAttemptAndSaysWhen() {
    segment.answers(TAKEN).answers(TAKEN);
    deliver(HAPPENED.plusSeconds(1));
    deliver(HAPPENED.plusSeconds(9));

    assertThat(sent(0).getString("sentAt")).isEqualTo("2026-08-22T09:00:01.000Z");
    assertThat(sent(1).getString("sentAt")).isEqualTo("2026-08-22T09:00:09.000Z");
    assertThat(sent(1).getString("timestamp")).isEqualTo("2026-08-22T09:00:00.000Z");
    assertThat(sent(1).getString("messageId")).isEqualTo("m1");
    assertThat(sent(1).getString("writeKey")).isEqualTo("write_key_1");
  }

  /** Equal words after their window are another message. */
  @Test
  void sendsUnderTheIdThatTheOutboxAcceptedItWith() {
    segment.answers(TAKEN);
    Scripted.await(courier(HAPPENED).deliver(parcel("m2")));

    assertThat(sent(0).getString("messageId")).isEqualTo("m2");
    assertThat(sent(0).getString("event")).isEqualTo("e");
  }

  /** The outbox repeats, and knows better when. */
  @Test
  void asksOnce() {
    segment.fails(new IOException("cut")).answers(TAKEN);

    assertThat(deliver(HAPPENED)).isInstanceOf(Delivery.Later.class);
    assertThat(segment.asked()).hasSize(1);
  }

  @Test
  void takesSuccessFalseForARefusal() {
    segment.answers(Payload.of("tracking-refused"));

    assertThat(deliver(HAPPENED)).isEqualTo(new Delivery.Never("success is false"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OK", "<html></html>", "{\"success\""})
  void takesWhatIsNotJsonForAFailure(String body) {
    segment.answers(body);

    assertThat(deliver(HAPPENED))
        .isEqualTo(new Delivery.Later("segment garbled", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 413, 501, 505, 511})
  void givesUpWhatCannotSucceed(int status) {
    segment.refuses(status);

    assertThat(deliver(HAPPENED)).isInstanceOf(Delivery.Never.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 410, 429, 460, 500, 502, 503, 504})
  void keepsWhatMaySucceed(int status) {
    segment.refuses(status, Optional.of(Duration.ofSeconds(7)));

    assertThat(deliver(HAPPENED))
        .isInstanceOfSatisfying(
            Delivery.Later.class,
            later -> assertThat(later.retryAfter()).contains(Duration.ofSeconds(7)));
  }

  @Test
  void doesNotWaitForEver() {
    segment.neverAnswers();

    assertThat(deliver(HAPPENED))
        .isEqualTo(new Delivery.Later("segment timed_out", Optional.empty()));
  }

  /** Another node may have it, as in a rolling update that adds it. */
  @Test
  void leavesToOthersWhatItHasNoKeyFor() {
    SegmentCourier keyless =
        new SegmentCourier(TestSettings.of(), segment, segment.line(), Clock.systemUTC());

    assertThat(Scripted.await(keyless.deliver(parcel("m1"))))
        .isEqualTo(Delivery.Later.notHere("SEGMENT_WRITE_KEY is not set on this node"));
    assertThat(segment.asked()).isEmpty();
  }

  private Delivery deliver(Instant now) {
    return Scripted.await(courier(now).deliver(parcel("m1")));
  }

  private SegmentCourier courier(Instant now) {
    return new SegmentCourier(
        TestSettings.of("SEGMENT_WRITE_KEY", "write_key_1"),
        segment,
        segment.line(),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Parcel parcel(String id) {
    return new Parcel(
        "segment",
        "+61400000001",
        id,
        HAPPENED,
        "{\"userId\":\"+61400000001\",\"messageId\":\"m1\",\"event\":\"e\","
            + "\"timestamp\":\"2026-08-22T09:00:00.000Z\",\"properties\":{}}");
  }

  private JsonObject sent(int attempt) {
    return Optional.of(segment.asked().get(attempt)).flatMap(JsonText::parseObject).orElseThrow();
  }
}
