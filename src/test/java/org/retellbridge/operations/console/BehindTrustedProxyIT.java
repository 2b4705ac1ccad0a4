package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;

/** Nothing tells the bridge its address but a proxy's headers, which it was told to believe. */
class BehindTrustedProxyIT extends DeployedBridge {
  private static final String[] PROXY = {
    "X-Forwarded-Proto", "https",
    "X-Forwarded-Host", "voice.example.com",
    "X-Forwarded-Prefix", "/bridge"
  };
  private static final String ADDRESS = "https://voice.example.com/bridge";

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(Map.of("PUBLIC_BASE_URL", "", "TRUST_FORWARDED_HEADERS", "true"));
  }

  @Test
  void handsOutTheAddressThatTheProxyTells() {
    String tools =
        send(HttpRequest.newBuilder(local("/functions"))
                .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
                .headers(PROXY))
            .body();

    assertThat(tools).contains("\"" + ADDRESS + "/send_sms\"").doesNotContain(local("").toString());
    assertThat(operate("/functions").body()).contains("\"" + local("/send_sms") + "\"");
  }

  @Test
  void showsThatAddressInTheConsoleToo() {
    Operator operator = new Operator(this::local).logIn(BridgeUnderTest.OPERATIONS_TOKEN);

    HttpResponse<String> tools = send(operator.request("/console/functions").headers(PROXY));

    assertThat(tools.body())
        .contains("\"" + ADDRESS + "/send_sms\"")
        .doesNotContain(local("").toString());
  }
}
