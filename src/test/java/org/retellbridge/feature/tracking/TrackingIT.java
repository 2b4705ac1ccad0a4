package org.retellbridge.feature.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.segment.SegmentMessage;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;

/** Events of callers, against the packaged WAR. */
class TrackingIT extends DeployedBridge {
  private static final JsonObject ORDER =
      Json.object()
          .add("Summary", "1 margherita")
          .add("total", 18.5)
          .add("timestamp", "2026-08-22T19:00:00+10:00")
          .add("phone", "+61255508888")
          .add("table", "7")
          .build();

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(Map.of("EVENT_FUNCTIONS", "place_order,complaint"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/add_event", "/add_event_dyn"})
  void recordsTheEventUnderTheNameOfTheFunction(String path) {
    ToolAnswer answer = agent().callFunction(twin.publicUrl(path), "place_order", ORDER);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.last().text()).isEqualTo("{\"message\":\"accepted\",\"success\":true}");
    SegmentMessage message = twin.segment().messages().get(0);
    assertThat(message.fate()).isEqualTo("applied");
    assertThat(message.body().getString("event")).isEqualTo("place_order");
    assertThat(message.body().getString("userId")).isEqualTo(TwinNames.CALLER);
    assertThat(message.body().getJsonObject("properties"))
        .isEqualTo(
            Json.object()
                .add("summary", "1 margherita")
                .add("total", 18.5)
                .add("timestamp", "2026-08-22T19:00:00+10:00")
                .add("contact_phone", "+61255508888")
                .add("table", "7")
                .add("ordered_at", "2026-08-22T09:00:00Z")
                .build());
    assertThat(Instant.parse(message.body().getString("timestamp")))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  /** Which of its tools the agent used, only the name tells. */
  @Test
  void logsTheNameOfTheFunction() {
    String before = BridgeUnderTest.serverLog();
    agent().callFunction(twin.publicUrl("/add_event"), "table_reserved", ORDER);

    String begin = "function /add_event name=table_reserved callSid=";
    assertThat(BridgeUnderTest.loggedSince(before, begin)).containsOnlyOnce(begin);
  }

  @Test
  void showsTheEventToTheNextLookUp() {
    agent().callFunction(twin.publicUrl("/add_event"), "place_order", ORDER);

    assertThat(agent().callFunction(twin.publicUrl("/lookup_events"), "l", Map.of()).last().text())
        .startsWith("[{\"eventName\":\"place_order\",\"summary\":\"1 margherita\"");
  }

  @Test
  void recordsOnceHoweverOftenItIsAsked() {
    AgentCall agent = agent();
    ToolCall call = ToolCall.of(twin.publicUrl("/add_event"), "place_order", ORDER);
    agent.callFunction(call);
    agent.callFunction(call);

    assertThat(twin.segment().messages()).hasSize(1);
  }

  /** A second order of the same thing, of which the model writes the total in its own way. */
  @Test
  void recordsASecondOrderWhateverTheSpellingOfItsTotal() {
    AgentCall agent = agent();
    for (int i = 0; i < 2; i++) {
      agent.callFunction(
          ToolCall.of(twin.publicUrl("/add_event"), "order", Json.object().add("total", 20).build())
              .written("{\"total\":20.0}"));
    }

    assertThat(twin.segment().messages()).hasSize(2);
  }

  @Test
  void recordsTwoEventsThatHaveTheSameWords() {
    AgentCall agent = agent();
    for (String name : new String[] {"table_booked", "table_cancelled", "table_cancelled"}) {
      agent.callFunction(
          ToolCall.of(twin.publicUrl("/add_event"), name, ORDER).withoutInvocation());
    }

    assertThat(twin.segment().messages())
        .extracting(message -> message.body().getString("event"))
        .containsExactly("table_booked", "table_cancelled");
  }

  /** The first attempt arrived, its answer did not: the id keeps the repeat from counting. */
  @Test
  void repeatsUnderTheSameId() {
    twin.segment().trackingFaults().next(Fault.status(503).afterItActed());

    ToolAnswer answer = agent().callFunction(twin.publicUrl("/add_event"), "place_order", ORDER);

    assertThat(answer.json().getBoolean("success")).isTrue();
    Await.until("it was sent again", () -> twin.segment().messages().size() == 2);
    assertThat(twin.segment().messages())
        .extracting(SegmentMessage::fate)
        .containsExactly("applied", "duplicate");
    // Until the bridge has noted it, the caller's next event waits behind it.
    Await.until(
        "it is noted",
        () -> operate("/outbox/dead_letters").body().contains("\"to_be_delivered\":0,"));
  }

  /** The order is not lost with what the model left out or wrote in another way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"summary\":\"1 margherita\"}",
        "{\"summary\":\"1 margherita\",\"total\":\"eighteen\",\"timestamp\":\"tonight\"}",
        "{\"summary\":[\"1 margherita\"],\"total\":{\"aud\":18.5},\"timestamp\":1787}",
        "{}"
      })
  void recordsAnOfferedEventAsItComes(String arguments) {
    JsonObject said = JsonText.parseObject(arguments).orElseThrow();
    ToolAnswer answer = agent().callFunction(twin.publicUrl("/add_event"), "place_order", said);

    assertThat(answer.last().text()).isEqualTo("{\"message\":\"accepted\",\"success\":true}");
    assertThat(twin.segment().messages().get(0).body().getJsonObject("properties")).isEqualTo(said);
  }

  @Test
  void takesEventsOfTheUsersOwnMakingAsTheyAre() {
    agent().callFunction(twin.publicUrl("/add_event"), "survey_done", Map.of("rating", "5"));

    assertThat(twin.segment().messages().get(0).body().getJsonObject("properties"))
        .hasToString("{\"rating\":\"5\"}");
  }

  @Test
  void refusesAnEventWithoutAName() {
    ToolAnswer answer =
        agent()
            .callFunction(
                ToolCall.of(twin.publicUrl("/add_event"), "place_order", ORDER).argsOnly());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(twin.segment().messages()).isEmpty();
  }

  @Test
  void takesTheNameFromTheUrlWhereTheBodyIsArgumentsAlone() {
    LiveCall call = twin.twilio().openCall(call());
    ToolAnswer answer =
        call.awaitAgent()
            .callFunction(
                ToolCall.of(
                        twin.publicUrl("/add_event?name=place_order&call_id={{call_id}}"),
                        "ignored",
                        ORDER)
                    .argsOnly());
    call.hangUp();

    assertThat(answer.last().text()).isEqualTo("{\"message\":\"accepted\",\"success\":true}");
    JsonObject sent = twin.segment().messages().get(0).body();
    assertThat(sent.getString("event")).isEqualTo("place_order");
    assertThat(sent.getString("userId")).isEqualTo(TwinNames.CALLER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anonymous", "+266696687", "unknown"})
  void recordsNothingForWithheldCallers(String from) {
    ToolAnswer answer =
        twin.retell()
            .talk(CallSpec.phone(TwinNames.AGENT, from, TwinNames.NUMBER))
            .callFunction(twin.publicUrl("/add_event"), "place_order", ORDER);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.last().text()).isEqualTo("{\"status\":\"Not found\"}");
    assertThat(twin.segment().messages()).isEmpty();
  }

  @Test
  void saysWhenThereIsTooMuchToStore() {
    ToolAnswer answer =
        agent()
            .callFunction(
                twin.publicUrl("/add_event"), "note_taken", Map.of("note", "€".repeat(11_000)));

    assertThat(answer.json().getString("message")).isEqualTo("The details are too long to store.");
    assertThat(twin.segment().trackingRequests().total()).isZero();
  }

  @Test
  void offersTheEventsThatTheSettingNames() {
    assertThat(operate("/functions").body())
        .contains("\"name\":\"place_order\"", "\"name\":\"complaint\"")
        .contains("\"required\":[\"summary\",\"total\",\"timestamp\"]")
        .contains(twin.publicUrl("/add_event"));
  }

  private static AgentCall agent() {
    return twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
  }
}
