package org.retellbridge.partner.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.webhooks.FakeRequest;

class VoiceWebhookTest {
  private static final String LEG = "CA" + "1".repeat(32);
  private static final String PARENT = "CA" + "2".repeat(32);

  @ParameterizedTest
  @CsvSource({"outbound-api,true", "outbound-dial,false", "inbound,false", "'',false"})
  void isOutboundWhenSomebodyHadItPlaced(String direction, boolean outbound) {
    assertThat(of(null, "Direction=" + direction).outbound()).isEqualTo(outbound);
  }

  @Test
  void knowsTheCallersOwnLeg() {
    assertThat(of(null, "CallSid=" + LEG).firstLeg()).contains(new CallSid(LEG));
    assertThat(of(null, "CallSid=" + LEG + "&ParentCallSid=" + PARENT).firstLeg())
        .contains(new CallSid(PARENT));
    assertThat(of(null, "CallSid=" + LEG + "&ParentCallSid=x").firstLeg())
        .contains(new CallSid(LEG));
    assertThat(of(null, "").firstLeg()).isEmpty();
  }

  private static VoiceWebhook of(String query, String form) {
    return VoiceWebhook.of(FakeRequest.post("/start").query(query).form(form).signed());
  }
}
