package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Json;

/** Not at the root of the server. */
class OtherRootIT extends DeployedBridge {
  private static final String ROOT = "/telephony";

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.below(ROOT, Map.of());
  }

  @Test
  void startsAndEndsCalls() {
    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(local("/start").getPath()).isEqualTo(ROOT + "/start");
    assertThat(call.reachedAgent()).isTrue();
    assertThat(call.problems()).isEmpty();
    assertThat(call.documents()).hasSize(2);
  }

  @Test
  void servesFunctionsAndOperators() {
    var agent =
        twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));

    assertThat(
            agent
                .callFunction(twin.publicUrl("/lookup"), "lookup", Json.strings(Map.of()))
                .status())
        .isEqualTo(200);
    assertThat(operate("/status").statusCode()).isEqualTo(200);
    assertThat(operate("/functions").body()).contains(twin.publicUrl("/send_sms"));
    assertThat(get("/start/").statusCode()).isEqualTo(404);
  }

  @Test
  void isNowhereElse() {
    URI root = local("/start").resolve("/start");

    assertThat(send(HttpRequest.newBuilder(root).GET()).statusCode()).isEqualTo(404);
  }

  /** They are open to everybody where the server has them and nobody closes them. */
  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/openapi"})
  void standsBesideNoOpenPageOfTheServers(String path) {
    URI page = local("/start").resolve(path);

    assertThat(send(HttpRequest.newBuilder(page).GET()).statusCode()).isIn(403, 404);
  }

  /** Payara Micro goes on when a command of the shipped files fails. */
  @Test
  void startsWithoutAFailingCommand() {
    assertThat(BridgeUnderTest.serverLog())
        .isNotEmpty()
        .doesNotContainPattern("Boot Command \\S+ failed");
  }
}
