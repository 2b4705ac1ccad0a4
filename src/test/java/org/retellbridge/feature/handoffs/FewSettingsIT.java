package org.retellbridge.feature.handoffs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.LegOutcome;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

/** Without an application, a queue, a number to text from, and an address of its own. */
class FewSettingsIT extends DeployedBridge {

  private static final MiniServer ELSEWHERE =
      new MiniServer(
          "elsewhere",
          request ->
              Reply.text(
                  200, "text/xml", "<Response><Say>Please call later.</Say><Hangup/></Response>"),
          new Silence());

  @AfterAll
  static void close() {
    ELSEWHERE.close();
  }

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "TWILIO_APPLICATION_SID", "",
            "WORKSPACE_SID", "",
            "SMS_FROM_NUMBER", "",
            "PUBLIC_BASE_URL", "",
            "FALLBACK_NUMBER", TwinNames.HUMAN,
            "FALLBACK_URL", ELSEWHERE.base() + "/twiml"));
  }

  @Test
  void saysInWordsWhatIsNotSetUp() {
    assertThat(call("/send_sms", Map.of("message", "Hi")))
        .isEqualTo("Text messages are not set up.");
    assertThat(call("/create_task?task_type=voice", Map.of()))
        .isEqualTo("Tasks for the team are not set up.");
    double before = measured("bridge_handovers_total", "result=\"not_possible\"");
    assertThat(call("/redirect", Map.of())).isEqualTo("There is nowhere to transfer the call to.");
    assertThat(measured("bridge_handovers_total", "result=\"not_possible\"")).isEqualTo(before + 1);
    assertThat(twin.twilio().requests().total()).isZero();
  }

  @Test
  void showsOperatorsWhatIsNotSetUp() {
    JsonObject features =
        Json.parseObject(operate("/status").body()).orElseThrow().getJsonObject("features");
    assertThat(features.getJsonObject("messages").getBoolean("on")).isFalse();
    assertThat(features.getJsonObject("messages").getJsonArray("missing"))
        .containsExactly(Json.string("SMS_FROM_NUMBER or SMS_MESSAGING_SERVICE_SID"));
    assertThat(features.getJsonObject("tasks").getBoolean("on")).isFalse();
    assertThat(features.getJsonObject("tasks").getJsonArray("missing"))
        .containsExactly(Json.string("WORKSPACE_SID"));
  }

  /** Of the agent and the number nobody answers. */
  @Test
  void sendsTheCallToTheAddressOfSomebodyElse() {
    ELSEWHERE.log().clear();
    twin.twilio().legs().sip(LegOutcome.BUSY).number(LegOutcome.BUSY);
    PlacedCall call =
        twin.twilio()
            .placeCall(
                CallRequest.to(local("/start").toString(), TwinNames.CALLER, TwinNames.NUMBER));

    assertThat(call.problems()).isEmpty();
    assertThat(call.spoken()).containsExactly("Please call later.");
    assertThat(call.deadLine()).isFalse();
    assertThat(ELSEWHERE.log().all())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.method()).isEqualTo("POST");
              assertThat(request.text()).contains("CallSid=" + call.callSid());
            });
  }

  @Test
  void comesBackAfterAFailedTransferByTheAddressThatItWasCalledAt() {
    twin.twilio().legs().application(LegOutcome.FAILED);
    LiveCall call =
        twin.twilio()
            .openCall(
                CallRequest.to(local("/start").toString(), TwinNames.CALLER, TwinNames.NUMBER));
    call.awaitAgent()
        .callFunction(
            local("/redirect?applicationSid=" + TwinNames.APPLICATION).toString(), "t", Map.of());
    call.awaitParty(Party.Kind.NUMBER);
    call.farEndHangsUp();

    assertThat(call.awaitEnd().documents())
        .anySatisfy(
            it ->
                assertThat(it.url())
                    .isEqualTo(local("/dial_ended?rung=0&leg=transfer").toString()));
  }

  private static String call(String path, Map<String, String> arguments) {
    AgentCall agent =
        twin.retell()
            .talk(
                CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER)
                    .metadata(Map.of("twilio_call_sid", "CA" + "0f".repeat(16))));
    ToolAnswer answer = agent.callFunction(twin.publicUrl(path), "t", arguments);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("failed");
    return answer.json().getString("message");
  }

  /** Nobody reads it. */
  private static final class Silence implements Observer {
    @Override
    public void came(Request request) {}

    @Override
    public void answered(Request request, Reply reply, String mishap) {}
  }
}
