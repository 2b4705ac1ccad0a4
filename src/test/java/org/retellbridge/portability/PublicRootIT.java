package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.LegOutcome;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.Party;

/** Below a context root that is part of the public address, which the setting does not name. */
class PublicRootIT extends DeployedBridge {
  private static final String ROOT = "/telephony";
  private static final String HOST = "https://public-root.example.test";

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.below(
        ROOT,
        Map.of(
            "PUBLIC_BASE_URL", HOST, "RETELL_EVENTS", "true", "FALLBACK_NUMBER", TwinNames.HUMAN));
  }

  @BeforeEach
  void leadTheAddressHere() {
    twin.addresses().publish(HOST + ROOT, local("").toString());
  }

  @AfterEach
  void leadItNowhere() {
    twin.settle();
    twin.addresses().withdraw(HOST + ROOT);
  }

  @Test
  void comesBackAfterATransferThatNobodyTakes() {
    twin.twilio().legs().application(LegOutcome.FAILED);
    LiveCall call =
        twin.twilio()
            .openCall(CallRequest.to(HOST + ROOT + "/start", TwinNames.CALLER, TwinNames.NUMBER));
    call.awaitAgent()
        .callFunction(
            HOST + ROOT + "/redirect?applicationSid=" + TwinNames.APPLICATION, "t", Map.of());
    call.awaitParty(Party.Kind.NUMBER);
    call.farEndHangsUp();

    assertThat(call.awaitEnd().documents())
        .anySatisfy(
            it -> assertThat(it.url()).isEqualTo(HOST + ROOT + "/dial_ended?rung=0&leg=transfer"));
    assertThat(twin.retell().awaitDeliveries())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.delivered()).isTrue());
    assertThat(operate("/functions").body()).contains("\"" + HOST + ROOT + "/send_sms\"");
  }
}
