package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.twilio.TwilioSignature;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** Not at the root of the server, and spoken to in HTTP/2. */
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

  /** Open Liberty goes on in HTTP/1.1 when a request has a body; the others change over. */
  @Test
  void takesWebhooksFromWhoOffersHttp2() throws Exception {
    HttpClient http2 =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    Fields fields = Fields.of("From", TwinNames.CALLER, "To", TwinNames.NUMBER);
    HttpRequest request =
        HttpRequest.newBuilder(local("/start"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "X-Twilio-Signature",
                TwilioSignature.of(TwinNames.ACCOUNT.authToken(), twin.publicUrl("/start"), fields))
            .POST(HttpRequest.BodyPublishers.ofString(fields.encoded()))
            .build();

    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = http2.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("<Sip>");
    }
  }
}
