package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Json;

/**
 * Nothing but Twilio's token is set, and some settings are wrong: callers are answered all the
 * same.
 */
class BareSettingsIT extends DeployedBridge {
  private static final Path data = BridgeUnderTest.dataDirectory();

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.withOnly(
        Map.of(
            "AUTH_TOKEN", TwinNames.ACCOUNT.authToken(),
            "PUBLIC_BASE_URL", twin.publicBase(),
            "FALLBACK_NUMBER", "not a number",
            "RETELL_AGNET_ID", "agent_never_told",
            "TWILIO_ACCOUNT_SID", "sid-never-told",
            "OPERATIONS_TOKEN", "too short",
            "BRIDGE_DATA_DIR", data.toString()));
  }

  @Test
  void speaksToTheCaller() throws IOException {
    double before = turnedAway();
    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.spoken()).hasSize(1);
    assertThat(call.deadLine()).isFalse();
    assertThat(twin.retell().requests().total()).isZero();
    assertThat(turnedAway()).isEqualTo(before + 1);
  }

  private double turnedAway() throws IOException {
    String series = "bridge_calls_total{outcome=\"fallback\",reason=\"agent_off\"} ";
    return ask("GET", "/prometheus")
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .sum();
  }

  @Test
  void saysWhatIsOffAndWhy() throws IOException {
    assertThat(ask("GET", "/status"))
        .contains("\"agent\":{\"on\":false")
        .contains("\"missing\":[\"RETELL_API_KEY\"]")
        .contains("FALLBACK_NUMBER (fallback.number): it must be a number in E.164 form")
        .contains("RETELL_AGENT_ID (retell.agent.id): neither it nor RETELL_AGENTS is set");
    assertThat(BridgeUnderTest.serverLog())
        .contains("FALLBACK_NUMBER (fallback.number)")
        .contains("OFF: calls reach the Retell agent. Missing: RETELL_API_KEY")
        .doesNotContain("not a number");
  }

  @Test
  void saysWhichNamesAreMistypedAndNeverWhatTheyHold() throws IOException {
    String sentence = "RETELL_AGNET_ID: there is no such setting, so it does nothing; did you mean";

    assertThat(BridgeUnderTest.serverLog()).containsOnlyOnce(sentence + " RETELL_AGENT_ID?");
    for (String told : List.of(ask("GET", "/status"), ask("POST", "/status/doctor"))) {
      assertThat(told)
          .contains(sentence + " RETELL_AGENT_ID?")
          .contains("TWILIO_ACCOUNT_SID: there is no such setting", "did you mean ACCOUNT_SID?")
          .doesNotContain("never_told", "never-told");
    }
    assertThat(BridgeUnderTest.serverLog()).doesNotContain("never_told", "never-told");
  }

  @Test
  void saysThatATokenTooShortDoesNotOpenTheOperatingSide() throws IOException {
    assertThat(ask("GET", "/status"))
        .contains("OPERATIONS_TOKEN (operations.token): it must be at least 16 characters")
        .contains("instead the token in operations.token of the data folder counts");
    assertThat(BridgeUnderTest.serverLog())
        .contains("OPERATIONS_TOKEN is not usable and does not count. An operations token was made")
        .doesNotContain("too short");
  }

  @Test
  void examinesWhatItCanAndSaysWhyNotTheRest() throws IOException {
    JsonObject report = Json.parseObject(ask("POST", "/status/doctor")).orElseThrow();

    Map<String, String> sentences = new HashMap<>();
    report
        .getJsonArray("settings")
        .getValuesAs(JsonObject.class)
        .forEach(it -> sentences.put(it.getString("setting"), it.getString("sentence")));
    assertThat(sentences)
        .containsEntry("AUTH_TOKEN", "It was not examined, because ACCOUNT_SID is not set.");
    assertThat(sentences.get("RETELL_API_KEY")).contains("is not set");
    assertThat(sentences.get("RETELL_AGENT_ID")).contains("Neither it nor RETELL_AGENTS names");
  }

  /** Nothing has happened yet that moves any of these; graphs and alerts see them all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bridge_repeats_total{what=\"start\"}",
        "bridge_repeats_total{what=\"retell_event\"}",
        "bridge_repeats_total{what=\"send_sms\"}",
        "bridge_legs_ended_total{leg=\"agent\",result=\"no_answer\"}",
        "bridge_legs_ended_total{leg=\"agent\",result=\"dropped\"}",
        "bridge_retell_errors_total{reason=\"error_llm_websocket_open\"}",
        "bridge_ledger_degraded_total{what=\"retell_event\"}",
        "bridge_ledger_dropped_total{what=\"step\"}",
        "bridge_effects_unknown_total{kind=\"send_sms\"}",
        "bridge_retell_events_total{event=\"call_ended\",repeat=\"false\"}",
        "bridge_retell_events_total{event=\"other\",repeat=\"true\"}",
        "bridge_outbox_deliveries_total{kind=\"segment\",outcome=\"delivered\"}",
        "bridge_outbox_deliveries_total{kind=\"segment\",outcome=\"never\"}",
        "bridge_function_duration_seconds_count{function=\"/lookup\",outcome=\"done\"}",
        "bridge_function_duration_seconds_count{function=\"/redirect\",outcome=\"unknown\"}",
        "bridge_handovers_total{result=\"moved\"}",
        "bridge_bodies_refused_total{reason=\"busy\",vendor=\"retell\"}",
        "bridge_vendor_request_duration_seconds_count{outcome=\"ok\",vendor=\"twilio\"}"
      })
  void measuresFromTheStart(String series) throws IOException {
    assertThat(ask("GET", "/prometheus").lines().filter(line -> line.startsWith(series)))
        .singleElement()
        .asString()
        .matches("[^ ]+ 0(\\.0)?");
  }

  private String ask(String verb, String path) throws IOException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(local(path))
                .header(
                    "Authorization",
                    "Bearer " + Files.readString(data.resolve("operations.token")).strip())
                .method(verb, HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
