package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.twilio.PlacedCall;

/**
 * Nothing but Twilio's token is set, and one setting is wrong: callers are answered all the same.
 */
class BareSettingsIT extends DeployedBridge {

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.withOnly(
        Map.of(
            "AUTH_TOKEN", TwinNames.ACCOUNT.authToken(),
            "PUBLIC_BASE_URL", twin.publicBase(),
            "FALLBACK_NUMBER", "not a number"));
  }

  @Test
  void speaksToTheCaller() {
    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.spoken()).hasSize(1);
    assertThat(call.deadLine()).isFalse();
    assertThat(twin.retell().requests().total()).isZero();
  }

  @Test
  void saysWhatIsOffAndWhy() {
    assertThat(operate("/status").body())
        .contains("\"agent\":{\"on\":false")
        .contains("\"missing\":[\"RETELL_API_KEY\"]")
        .contains("FALLBACK_NUMBER (fallback.number): it must be a number in E.164 form");
    assertThat(BridgeUnderTest.serverLog())
        .contains("FALLBACK_NUMBER (fallback.number)")
        .contains("OFF: calls reach the Retell agent. Missing: RETELL_API_KEY")
        .doesNotContain("not a number");
  }
}
