package org.retellbridge.partner.retell.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.example.tools.HastyResource;
import org.example.tools.OrderStatusResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.harness.RawRequest;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.RetellSignature;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.wire.Json;

/** A company drops a jar with one class into the packaged WAR, and edits nothing else. */
class OwnFunctionIT extends DeployedBridge {
  private AgentCall agent;

  @Deployment(testable = false)
  static WebArchive bridge() {
    JavaArchive jar =
        ShrinkWrap.create(JavaArchive.class, "own-tools.jar")
            .addClasses(
                OrderStatusResource.class,
                OrderStatusResource.Arguments.class,
                HastyResource.class);
    return BridgeUnderTest.with(Map.of("FUNCTION_BUDGET", "PT100S")).addAsLibrary(jar);
  }

  @BeforeEach
  void talk() {
    LiveCall call = twin.twilio().openCall(call());
    agent = call.awaitAgent();
  }

  @Test
  void answersTheAgent() {
    ToolAnswer answer = ask("4711");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("on its way");
    assertThat(answer.json().getString("order_number")).isEqualTo("4711");
    assertThat(answer.last().header("Content-Type")).hasValue("application/json");
  }

  @Test
  void saysWhichArgumentIsMissing() {
    ToolAnswer answer =
        agent.callFunction(twin.publicUrl("/order_status"), "order_status", Map.of());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("failed");
    assertThat(answer.json().getString("message")).isEqualTo("The order number is missing.");
  }

  @Test
  void takesArgumentsInAnyCaseAndPlaceholdersForAbsent() {
    assertThat(
            agent
                .callFunction(
                    twin.publicUrl("/order_status"), "order_status", Map.of("Order_Number", "4712"))
                .json()
                .getString("order_number"))
        .isEqualTo("4712");
    assertThat(ask("{{order_number}}").json().getString("status")).isEqualTo("failed");
  }

  @Test
  void runsAnInvocationOnceHoweverOftenItIsRepeated() {
    ToolCall tool =
        ToolCall.of(twin.publicUrl("/reorder"), "reorder", Json.strings(Map.of()))
            .toolCallId("tool_call_repeated");
    for (int i = 0; i < 3; i++) {
      assertThat(agent.callFunction(tool).json().getString("said")).isEqualTo("times: 1");
    }
    assertThat(operate("/status").body())
        .contains("\"ledger\":{\"up\":true")
        .contains("\"database\":\"h2\"");
  }

  @Test
  void answersARepeatWithTheFirstAnswerWhateverItIs() {
    ToolCall tool =
        ToolCall.of(twin.publicUrl("/open_orders"), "open_orders", Json.strings(Map.of()));
    ToolAnswer first = agent.callFunction(tool);
    ToolAnswer again = agent.callFunction(tool);

    assertThat(first.last().text()).isEqualTo("[{\"order\":\"1\"}]");
    assertThat(again.last().text()).isEqualTo(first.last().text());
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
  }

  /** The company knows what its sentences tell of customers; the bridge does not. */
  @Test
  void writesNoSentenceOfTheCompanysDown() {
    String before = BridgeUnderTest.serverLog();
    ToolAnswer answer = agent.callFunction(twin.publicUrl("/find_order"), "find_order", Map.of());

    assertThat(answer.json().getString("message")).contains("Mia Example");
    assertThat(BridgeUnderTest.loggedSince(before, "function /find_order "))
        .containsPattern("function /find_order .*: failed in \\d+ ms")
        .doesNotContain("Mia", "Example Street");
  }

  @Test
  void servesALongPath() {
    assertThat(said("/crm/customers/orders/status_of_the_latest")).isEqualTo("sent");
  }

  /** Also the repeat is told at once, and tries again. */
  @Test
  void tellsTheAgentThatAJarIsBroken() {
    ToolCall tool =
        ToolCall.of(twin.publicUrl("/broken_jar"), "broken_jar", Json.strings(Map.of()));
    for (int i = 0; i < 2; i++) {
      assertThat(agent.callFunction(tool).json().getString("message"))
          .isEqualTo("Something went wrong on our side.");
    }
  }

  @Test
  void doesNotTryAgainWhatMayHaveActed() {
    ToolCall tool =
        ToolCall.of(twin.publicUrl("/answer_lost"), "answer_lost", Json.strings(Map.of()));
    for (int i = 0; i < 2; i++) {
      assertThat(agent.callFunction(tool).json().getString("message"))
          .isEqualTo("Something went wrong on our side; it is not certain that it worked.");
    }
    assertThat(said("/acted")).isEqualTo("times: 1");
  }

  @Test
  void keepsOneThatBlocksFromHoldingUpOtherCallers() {
    String before = withoutLedger();
    CompletableFuture<String> blocking = CompletableFuture.supplyAsync(() -> said("/blocking"));
    assertThat(said("/blocked")).startsWith("in time");

    assertThat(
            agentOf("+61400000077")
                .callFunction(twin.publicUrl("/send_sms"), "send_sms", Map.of("message", "hi"))
                .json()
                .getString("status"))
        .isEqualTo("sent");
    assertThat(blocking).isNotDone();
    assertThat(withoutLedger()).isEqualTo(before);
    said("/release");
    assertThat(blocking.join()).startsWith("in time");
  }

  /** How often something went on without the ledger. */
  private String withoutLedger() {
    Matcher matcher =
        Pattern.compile("\"went_on_without_it\":\\d+").matcher(operate("/status").body());
    assertThat(matcher.find()).isTrue();
    return matcher.group();
  }

  private static String said(String path) {
    return agentOf(TwinNames.CALLER)
        .callFunction(twin.publicUrl(path), "tool", Map.of())
        .json()
        .getString("said");
  }

  private static AgentCall agentOf(String caller) {
    return twin.retell().talk(CallSpec.phone(TwinNames.AGENT, caller, TwinNames.NUMBER));
  }

  @Test
  void isOfferedAsATool() {
    assertThat(get("/functions").statusCode()).isEqualTo(404);
    assertThat(operate("/functions").body())
        .contains("\"name\":\"order_status\"")
        .contains("\"url\":\"" + twin.publicUrl("/order_status") + "\"")
        .contains("\"required\":[\"order_number\"]")
        .containsOnlyOnce("\"name\":\"place_order\"")
        .contains("\"type\":\"custom\"");
  }

  @Test
  void refusesOthersSignatures() {
    ToolCall tool =
        ToolCall.of(
            twin.publicUrl("/order_status"),
            "order_status",
            Json.strings(Map.of("order_number", "1")));
    assertThat(agent.callFunction(tool.signedWith(TwinNames.RETELL_KEYS.api())).status())
        .isEqualTo(401);
    assertThat(agent.callFunction(tool.signedWith("").signedAt(Duration.ofMinutes(-6))).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order_status/", "//order_status", "/order%5Fstatus", "/Order_status"})
  void knowsOnlyItsExactPath(String path) {
    assertThat(agent.callFunction(twin.publicUrl(path), "order_status", Map.of()).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
  void knowsOnlyPost(String verb) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(local("/order_status"))
            .method(verb, HttpRequest.BodyPublishers.noBody());

    assertThat(send(request).statusCode()).isEqualTo(405);
  }

  @Test
  void bindsASignatureToItsFirstPlace() {
    String body = "{\"order_number\":\"4714\"}";
    long now = System.currentTimeMillis();
    String signature =
        RetellSignature.of(TwinNames.RETELL_KEYS.webhook(), body.getBytes(UTF_8), now);

    assertThat(post("/order_status", body, signature)).isEqualTo(200);
    assertThat(post("/lookup_dyn", body, signature)).isEqualTo(401);
    assertThat(post("/order_status?x=1", body, signature)).isEqualTo(401);
    assertThat(post("/order_status", body, signature)).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNoJsonObject() {
    for (String body : new String[] {"", "[]", "1", "{", "{\"a\":" + "[".repeat(200) + "}"}) {
      String signature =
          RetellSignature.of(
              TwinNames.RETELL_KEYS.webhook(), body.getBytes(UTF_8), System.currentTimeMillis());
      assertThat(post("/order_status", body, signature)).isEqualTo(400);
    }
  }

  /** Retell sends the transcript word by word: bodies of some megabytes are usual. */
  @Test
  void takesBodiesOfEightMebibytesAtMost() {
    int most = 8 * 1024 * 1024;
    String small = "{\"order_number\":\"4716\",\"transcript\":\"";
    String large = small + "x".repeat(most - small.length() - 2) + "\"}";
    String signature =
        RetellSignature.of(
            TwinNames.RETELL_KEYS.webhook(), large.getBytes(UTF_8), System.currentTimeMillis());

    assertThat(post("/order_status", large, signature)).isEqualTo(200);
    try (RawRequest request = new RawRequest(local("/order_status"))) {
      request.send(
          "POST /order_status HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
              + "X-Retell-Signature: "
              + signature
              + "\r\nContent-Length: "
              + (most + 1)
              + "\r\n\r\n{");
      assertThat(request.status()).isEqualTo(413);
    }
  }

  private int post(String path, String body, String signature) {
    return send(HttpRequest.newBuilder(local(path))
            .header("Content-Type", "application/json")
            .header("X-Retell-Signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body)))
        .statusCode();
  }

  private ToolAnswer ask(String number) {
    return agent.callFunction(
        twin.publicUrl("/order_status"), "order_status", Map.of("order_number", number));
  }
}
