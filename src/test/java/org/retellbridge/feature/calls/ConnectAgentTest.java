package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.ledger.TestCalls;
import org.retellbridge.foundation.ledger.TestJournal;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.partner.retell.Registration.Registered;
import org.retellbridge.partner.retell.TestRetellCalls;
import org.retellbridge.partner.twilio.VoiceWebhook;

class ConnectAgentTest {
  @Test
  void dialsTheAgentAtRetell() {
    assertThat(twiml())
        .endsWith(
            "<Response><Dial action=\"dial_ended?rung=0\" answerOnBridge=\"true\" timeout=\"25\">"
                + "<Sip>sip:call_1@sip.retellai.com;transport=tcp</Sip></Dial></Response>");
  }

  @Test
  void dialsTheAgentWhereAndHowTheSettingsSay() {
    assertThat(
            twiml(
                "RETELL_SIP_HOST", "pbx.example:5061",
                "RETELL_SIP_TRANSPORT", "tls",
                "DIAL_TIMEOUT", "PT17S"))
        .endsWith(
            "<Response><Dial action=\"dial_ended?rung=0\" answerOnBridge=\"true\" timeout=\"17\">"
                + "<Sip>sip:call_1@pbx.example:5061;transport=tls</Sip></Dial></Response>");
  }

  private static String twiml(String... settings) {
    Greeting greeting =
        new Greeting() {
          @Override
          CompletionStage<Map<String, String>> variables(VoiceWebhook webhook) {
            return CompletableFuture.completedStage(Map.of());
          }
        };
    return new ConnectAgent(
            greeting,
            TestRetellCalls.of(
                () -> CompletableFuture.completedStage(new Registered(new CallId("call_1")))),
            TestCalls.unwritten(),
            new CallSteps(TestJournal.unwritten()),
            null,
            new Metrics(),
            TestSettings.of(settings))
        .answer(Webhooks.inbound(), AgentName.parse("agent_a").orElseThrow())
        .toCompletableFuture()
        .join()
        .twiml();
  }
}
