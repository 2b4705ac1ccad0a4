package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.partner.twilio.VoiceWebhook;

class CallVariablesTest {

  @Test
  void holdsWhatTheOriginalTold() {
    assertThat(CallVariables.metadata(Webhooks.inbound()))
        .containsOnlyKeys("twilio_call_sid", "from_number", "to_number");
  }

  /** Else a later transfer would name the flow's leg for the caller's. */
  @Test
  void holdsTheCallersOwnLegOfACallThatAFlowSentBack() {
    String own = "CA" + "7".repeat(32);
    VoiceWebhook sentBack = Webhooks.of(null, "CallSid=" + Webhooks.SID + "&ParentCallSid=" + own);
    assertThat(CallVariables.metadata(sentBack))
        .containsEntry("twilio_call_sid", Webhooks.SID)
        .containsEntry("original_call_sid", own);
    assertThat(CallVariables.variables(sentBack)).containsEntry("original_call_sid", own);
    assertThat(
            CallVariables.metadata(
                Webhooks.of(null, "CallSid=" + Webhooks.SID + "&ParentCallSid=" + Webhooks.SID)))
        .doesNotContainKey("original_call_sid");
  }

  @Test
  void givesAgentsAllVariablesWhateverTwilioSays() {
    assertThat(CallVariables.variables(Webhooks.of(null, "To=" + Webhooks.DIALLED)))
        .containsExactly(
            Map.entry("twilio_call_sid", ""),
            Map.entry("original_call_sid", ""),
            Map.entry("from_number", ""),
            Map.entry("to_number", "+61255500000"),
            Map.entry("caller_name", ""),
            Map.entry("forwarded_from", ""),
            Map.entry("stir_verstat", ""));
  }

  @Test
  void namesTheForwarderThatTwilioCallsByAnotherName() {
    VoiceWebhook via = Webhooks.of(null, "CalledVia=%2B61255500009");
    assertThat(CallVariables.metadata(via)).containsEntry("forwarded_from", "+61255500009");
    assertThat(CallVariables.variables(via)).containsEntry("forwarded_from", "+61255500009");

    VoiceWebhook both = Webhooks.of(null, "CalledVia=%2B61255500009&ForwardedFrom=%2B61255500008");
    assertThat(CallVariables.metadata(both)).containsEntry("forwarded_from", "+61255500008");
  }

  /** As metadata they stay, for whoever wants to know how a number was withheld. */
  @ParameterizedTest
  @ValueSource(strings = {"%2B266696687", "anonymous", "Restricted", "sip%3Aanonymous%40x.example"})
  void namesNoWithheldNumberToAgents(String withheld) {
    VoiceWebhook webhook =
        Webhooks.of(null, "From=" + withheld + "&ForwardedFrom=" + withheld + "&CallerName=None");

    assertThat(CallVariables.variables(webhook))
        .containsEntry("from_number", "")
        .containsEntry("forwarded_from", "")
        .containsEntry("caller_name", "None");
    assertThat(CallVariables.metadata(webhook))
        .containsOnlyKeys("from_number", "caller_name", "forwarded_from")
        .containsEntry("from_number", webhook.from().orElseThrow());
    assertThat(CallVariables.shown(webhook.from())).isEmpty();
  }
}
