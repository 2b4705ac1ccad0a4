package org.retellbridge.feature.handoffs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.twilio.LegOutcome;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;

/** Without an application, a queue, a number to text from, and an address of its own. */
class FewSettingsIT extends DeployedBridge {

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "TWILIO_APPLICATION_SID", "",
            "WORKSPACE_SID", "",
            "SMS_FROM_NUMBER", "",
            "PUBLIC_BASE_URL", "",
            "FALLBACK_NUMBER", TwinNames.HUMAN));
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
  void comesBackAfterAFailedTransferByTheAddressThatItWasCalledAt() {
    twin.twilio().legs().application(LegOutcome.FAILED);
    LiveCall call =
        twin.twilio()
            .openCall(
                org.retellbridge.twin.twilio.CallRequest.to(
                    local("/start").toString(), TwinNames.CALLER, TwinNames.NUMBER));
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
}
