package org.retellbridge.partner.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
  void knowsWhomTheCallIsAboutAndTheCompanysNumber() {
    String numbers = "From=a&To=b&Direction=";
    for (String direction : new String[] {"inbound", "outbound-dial", ""}) {
      assertThat(of(null, numbers + direction).caller()).contains("a");
      assertThat(of(null, numbers + direction).ownNumber()).contains("b");
    }
    assertThat(of(null, numbers + "outbound-api").caller()).contains("b");
    assertThat(of(null, numbers + "outbound-api").ownNumber()).contains("a");
  }

  /** Of an outbound call: Twilio's words are those of a call that the company's number made. */
  @ParameterizedTest
  @CsvSource({
    "caller=%2B61400000001, true",
    "caller=+61400000001, true",
    "caller=%2B61255500001, false",
    "caller=%2B61400000002, false",
    "caller=, false",
    "call=CA1, false"
  })
  void believesTheAddressThatNamesTheOneWhoIsCalled(String query, boolean outbound) {
    VoiceWebhook webhook =
        of(query, "From=%2B61255500001&To=%2B61400000001&Direction=outbound-dial");
    assertThat(webhook.outbound()).isEqualTo(outbound);
    assertThat(webhook.caller()).contains(outbound ? "+61400000001" : "+61255500001");
    assertThat(webhook.ownNumber()).contains(outbound ? "+61255500001" : "+61400000001");
  }

  @Test
  void takesNobodyWhoCallsForTheOneWhoIsCalled() {
    String both = "From=%2B61400000001&To=%2B61400000001&Direction=inbound";
    assertThat(of("caller=%2B61400000001", both).outbound()).isFalse();
    assertThat(of(null, both + "&caller=%2B61400000001").namedCallee()).isEmpty();
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

  @ParameterizedTest
  @ValueSource(strings = {"label=50%", "label=%zz", "%=1", "50%"})
  void leavesOutWhatIsBrokenInTheQueryAndNothingElse(String broken) {
    VoiceWebhook webhook = of(broken + "&agent_id=agent%5Fb&" + broken, "");
    assertThat(webhook.inQuery("agent_id")).contains("agent_b");
    assertThat(webhook.inQuery("label")).isEmpty();
  }

  private static VoiceWebhook of(String query, String form) {
    return VoiceWebhook.of(FakeRequest.post("/start").query(query).form(form).signed());
  }
}
