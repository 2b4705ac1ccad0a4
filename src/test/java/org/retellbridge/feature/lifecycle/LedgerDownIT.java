package org.retellbridge.feature.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.wire.Json;

/** The ledger cannot be opened; later it can. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LedgerDownIT extends DeployedBridge {
  private static final Path IN_THE_WAY = BridgeUnderTest.dataDirectory();

  @Deployment(testable = false)
  static WebArchive bridge() throws IOException {
    Files.createDirectories(IN_THE_WAY.getParent());
    Files.writeString(IN_THE_WAY, "a file where a folder should be");
    return BridgeUnderTest.with(
        Map.of("BRIDGE_DATA_DIR", IN_THE_WAY.resolve("data").toString(), "SMS_PER_CALL", "1"));
  }

  @Test
  @Order(1)
  void startsCallsWithoutIt() {
    assertThat(twin.twilio().placeCall(call()).reachedAgent()).isTrue();
  }

  @Test
  @Order(2)
  void answersFunctionsAndKeepsThemOnceInMemory() {
    AgentCall agent = agent();
    ToolCall text = ToolCall.of(twin.publicUrl("/send_sms"), "send_sms", sms("Hello"));
    assertThat(agent.callFunction(text).json().getString("status")).isEqualTo("sent");
    assertThat(agent.callFunction(text).json().getString("status")).isEqualTo("sent");
    assertThat(twin.twilio().messages()).hasSize(1);
    assertThat(
            agent
                .callFunction(twin.publicUrl("/send_sms"), "send_sms", sms("Another"))
                .json()
                .getString("message"))
        .isEqualTo("No more text messages can be sent in this call.");

    ToolCall event =
        ToolCall.of(
            twin.publicUrl("/add_event"), "survey_done", Json.strings(Map.of("rating", "5")));
    assertThat(agent.callFunction(event).json().getString("message")).isEqualTo("accepted");
    assertThat(agent.callFunction(event).json().getString("message")).isEqualTo("accepted");
    assertThat(twin.segment().messages()).hasSize(1);
  }

  @Test
  @Order(3)
  void asksRetellToRepeatItsEvents() {
    assertThat(tell()).isEqualTo(503);
  }

  @Test
  @Order(4)
  void saysSo() {
    assertThat(operate("/status").body()).contains("\"up\":false", "neither read nor made");
    assertThat(operate("/prometheus").body()).contains("bridge_ledger_up 0.0");
    assertThat(measured("bridge_ledger_degraded_total", "what=\"once\"")).isPositive();
    assertThat(measured("bridge_ledger_degraded_total", "what=\"retell_event\"")).isEqualTo(1);
  }

  @Test
  @Order(5)
  void tellsOperatorsThatNothingCanBeReadOrTurned() {
    assertThat(operate("/outbox/dead_letters").statusCode()).isEqualTo(503);

    HttpResponse<String> turned =
        send(
            HttpRequest.newBuilder(local("/switches"))
                .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"ai_share\": 0}")));
    assertThat(turned.statusCode()).isEqualTo(503);
    assertThat(turned.body())
        .contains("The ledger is down: it is not certain whether anything was changed");
    assertThat(operate("/switches").body()).contains("\"ai_share\":100");
  }

  @Test
  @Order(6)
  void recoversByItself() throws IOException {
    Files.delete(IN_THE_WAY);
    Await.until("it is up", () -> operate("/status").body().contains("\"up\":true"));

    assertThat(operate("/prometheus").body()).contains("bridge_ledger_up 1.0");
    assertThat(tell()).isEqualTo(204);
  }

  private int tell() {
    byte[] body = "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"call_1\"}}".getBytes(UTF_8);
    return send(HttpRequest.newBuilder(local("/retell/events"))
            .header(
                "X-Retell-Signature",
                RetellSignature.of(
                    TwinNames.RETELL_KEYS.webhook(), body, System.currentTimeMillis()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  private static jakarta.json.JsonObject sms(String text) {
    return Json.strings(Map.of("message", text));
  }

  private static AgentCall agent() {
    return twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
  }
}
