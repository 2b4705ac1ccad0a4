package org.retellbridge.partner.retell.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallEventTest {
  private static final String ANALYZED =
      "{\"event\":\"call_analyzed\",\"call\":{\"call_id\":\"call_1\",\"call_type\":\"phone_call\","
          + "\"start_timestamp\":1795377500000,\"end_timestamp\":1795377600000,"
          + "\"disconnection_reason\":\"user_hangup\",\"transcript\":\"secret words\","
          + "\"recording_url\":\"https://secret.example\",\"from_number\":\"+61400000001\","
          + "\"call_analysis\":{\"call_summary\":\"All is well.\"}}}";

  @Test
  void keepsNothingOfWhatWasSaid() {
    assertThat(event(ANALYZED).kept())
        .contains("user_hangup", "All is well.", "1795377600000")
        .doesNotContain("secret", "61400000001");
  }

  @Test
  void reckonsTheDurationWhereRetellDoesNot() {
    assertThat(event(ANALYZED).durationMillis()).contains(100_000L);
    assertThat(
            event(ANALYZED.replace("\"transcript\"", "\"duration_ms\":7,\"x\"")).durationMillis())
        .contains(7L);
    assertThat(event(ANALYZED).end()).contains(Instant.ofEpochMilli(1_795_377_600_000L));
  }

  /** The last one is 5 when all but its lowest 64 bits are lost. */
  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "9223372036854775807", "17953775000000", "1e30", "18446744073709551621"})
  void takesNoTimeThatCannotBe(String odd) {
    CallEvent event = event(ANALYZED.replace("1795377500000", odd).replace("1795377600000", odd));

    assertThat(event.start()).isEmpty();
    assertThat(event.end()).isEmpty();
    assertThat(event.durationMillis()).isEmpty();
  }

  @Test
  void takesATimeThatIsALittleAhead() {
    String soon = Long.toString(System.currentTimeMillis() + 3_600_000);

    assertThat(event(ANALYZED.replace("1795377600000", soon)).end())
        .contains(Instant.ofEpochMilli(Long.parseLong(soon)));
  }

  @Test
  void isTheSameForARepeatAndAnotherForAnotherCallOrEvent() {
    String id = event(ANALYZED).id();

    assertThat(event(ANALYZED.replace("All is well.", "All is better.")).id()).isEqualTo(id);
    assertThat(event(ANALYZED.replace("call_1", "call_2")).id()).isNotEqualTo(id);
    assertThat(event(ANALYZED.replace("call_analyzed", "call_ended")).id()).isNotEqualTo(id);
    assertThat(id).hasSizeLessThan(90);
  }

  /** Transfers happen more than once in a call. */
  @Test
  void tellsEventsApartThatMayComeMoreThanOnce() {
    String transfer = ANALYZED.replace("call_analyzed", "transfer_started");

    assertThat(event(transfer).id()).isEqualTo(event(transfer).id());
    assertThat(event(transfer).id())
        .isNotEqualTo(event(transfer.replace("1795377500000", "1795377500001")).id());
  }

  @Test
  void takesWhateverMayBeAbsent() {
    CallEvent event = event("{\"event\":\"alert\",\"call\":7}");

    assertThat(event.callId()).hasToString("none");
    assertThat(event.kept()).isEqualTo("{}");
    assertThat(event.analysis().text()).isEmpty();
    assertThat(event.durationMillis()).isEmpty();
    assertThat(event("{\"event\":\"chat_ended\",\"chat\":{\"chat_id\":\"chat_1\"}}").callId())
        .hasToString("chat_1");
  }

  @Test
  void keepsAllThatMayBeShown() {
    String call =
        """
        {"call_type":"phone_call","call_status":"ended","agent_version":3,"duration_ms":61000,
         "disconnection_reason":"user_hangup","direction":"outbound","transcript":"Hello",
         "call_analysis":{"user_sentiment":"Positive","call_successful":true,"in_voicemail":false,
           "call_summary":"Mia wants a pizza"}}
        """;
    KeptEvent kept =
        KeptEvent.parse(event("{\"event\":\"call_analyzed\",\"call\":" + call + "}").kept())
            .orElseThrow();

    assertThat(kept.direction()).hasValue("outbound");
    assertThat(kept.facts())
        .containsOnlyKeys(
            "call_type",
            "call_status",
            "agent_version",
            "duration_ms",
            "disconnection_reason",
            "user_sentiment",
            "call_successful",
            "in_voicemail",
            "call_summary")
        .containsEntry("call_summary", "text of 17 characters");
  }

  private static CallEvent event(String json) {
    return CallEvent.parse(json.getBytes(UTF_8)).orElseThrow();
  }
}
