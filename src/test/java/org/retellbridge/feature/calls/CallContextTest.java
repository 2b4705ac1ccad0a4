package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallContextTest {
  @Test
  void holdsWhatTheOriginalTold() {
    assertThat(CallContext.of(Webhooks.inbound()))
        .containsOnlyKeys("twilio_call_sid", "from_number", "to_number");
  }

  /** Else a later transfer would name the flow's leg for the caller's. */
  @Test
  void holdsTheCallersOwnLegOfACallThatAFlowSentBack() {
    String own = "CA" + "7".repeat(32);
    assertThat(
            CallContext.of(Webhooks.of(null, "CallSid=" + Webhooks.SID + "&ParentCallSid=" + own)))
        .containsEntry("twilio_call_sid", Webhooks.SID)
        .containsEntry("original_call_sid", own);
    assertThat(
            CallContext.of(
                Webhooks.of(null, "CallSid=" + Webhooks.SID + "&ParentCallSid=" + Webhooks.SID)))
        .doesNotContainKey("original_call_sid");
  }
}
