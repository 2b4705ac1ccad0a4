package org.retellbridge.feature.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.harness.server.ServerUnderTest;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.twilio.LiveCall;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Json;

/** What operators and Segment have a say in before a call reaches its agent. */
class OperatedCallsIT extends DeployedBridge {
  private static final String NOBODY = "{\"ai_share\": null, \"ai_hours\": null, \"drain\": false}";

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            // Twilio is held while scripts start.
            "FUNCTION_BUDGET",
            "PT100S",
            "PERSONALIZE_TRAITS",
            "name,plan",
            "FALLBACK_APPLICATION_SID",
            TwinNames.FALLBACK_APPLICATION));
  }

  @AfterEach
  void leaveTheSwitchesAlone() {
    assertThat(turn(NOBODY).statusCode()).isEqualTo(200);
  }

  @Test
  void hidesTheSwitchesFromAllOthers() {
    assertThat(get("/switches").statusCode()).isEqualTo(404);
    HttpRequest.Builder put =
        HttpRequest.newBuilder(local("/switches"))
            .header("Authorization", "Bearer somebody-elses-token")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"ai_share\": 0}"));
    assertThat(send(put).statusCode()).isEqualTo(404);
    assertThat(twin.twilio().placeCall(call()).reachedAgent()).isTrue();
  }

  static Stream<Arguments> orders() {
    int hour = Instant.now().atOffset(ZoneOffset.UTC).getHour();
    String open = String.format("Mo-Su %02d:00-%02d:30 UTC", (hour + 12) % 24, (hour + 12) % 24);
    return Stream.of(
        Arguments.of("ai_share", "0", "share"),
        Arguments.of("ai_hours", "\"" + open + "\"", "hours"),
        Arguments.of("drain", "true", "drain"),
        Arguments.of("drain", "\"all\"", "drain"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsCallsFromTheAgentUntilItIsTurnedBack(String name, String value, String reason) {
    HttpResponse<String> answer = turn("{\"" + name + "\": " + value + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(operate("/switches").body());

    String before = BridgeUnderTest.serverLog();
    double turnedAway = measured("bridge_calls_total", "reason=\"" + reason + "\"");
    PlacedCall call = twin.twilio().placeCall(call());
    assertThat(twin.retell().requests().total()).isZero();
    assertThat(call.reachedAgent()).isFalse();
    assertThat(twin.twilio().studioVisits().get(0).parameters()).containsEntry("reason", reason);
    assertThat(get("/health/ready").statusCode()).isEqualTo(readiness(reason));
    assertThat(measured("bridge_calls_total", "reason=\"" + reason + "\""))
        .isEqualTo(turnedAway + 1);
    assertThat(BridgeUnderTest.loggedSince(before, call.callSid())).contains("reason " + reason);

    turn(NOBODY);
    assertThat(twin.twilio().placeCall(call()).reachedAgent()).isTrue();
  }

  @Test
  void saysWhatIsWrongAndChangesNothing() {
    HttpResponse<String> refused = turn("{\"ai_share\": 5, \"ai_hours\": \"Mo 08:00-09:00\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Json.parseObject(refused.body())).isPresent();
    assertThat(refused.body()).contains("a time zone must stand at the end");
    String before = BridgeUnderTest.serverLog();
    HttpResponse<String> nothing = turn("{}");
    assertThat(nothing.statusCode()).isEqualTo(400);
    assertThat(nothing.body()).contains("the order names nothing");
    assertThat(BridgeUnderTest.serverLog().substring(before.length())).doesNotContain("turned");
    HttpResponse<String> noObject = turn("[]");
    assertThat(noObject.statusCode()).isEqualTo(400);
    assertThat(Json.parseObject(noObject.body()).orElseThrow().getString("title"))
        .contains("with ai_share, ai_hours or drain");
    assertThat(turn("{\"drain\": \"" + "x".repeat(5_000) + "\"}").statusCode()).isEqualTo(400);
    assertThat(operate("/switches").body()).contains("\"ai_share\":100", "\"setting\"");
  }

  @Test
  void givesARepeatedWebhookTheFirstAnswerWhateverIsTurnedMeanwhile() {
    Fields fields =
        Fields.of(
            "CallSid", "CA" + "7".repeat(32), "From", TwinNames.CALLER, "To", TwinNames.NUMBER);
    Exchange first = twin.twilio().webhook().post(twin.publicUrl("/start"), fields);
    turn("{\"drain\": true}");
    Exchange again = twin.twilio().webhook().post(twin.publicUrl("/start"), fields);
    assertThat(again.text()).isEqualTo(first.text()).contains("<Sip>");
  }

  @Test
  void leavesACallThatStudioSendsBackOnItsSide() {
    turn("{\"ai_share\": 50}");
    String in = "CA" + "1".repeat(32);
    String out = "CA" + "0".repeat(32);
    assertThat(start("CallSid", in)).contains("<Sip>");
    assertThat(start("CallSid", out)).contains("<Application ");
    assertThat(start("CallSid", out, "ParentCallSid", in)).contains("<Sip>");
    assertThat(start("CallSid", "CA" + "5".repeat(32), "ParentCallSid", out))
        .contains("<Application ");
  }

  @Test
  void drainsWithoutCuttingARunningCall() {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    CountDownLatch letGo = new CountDownLatch(1);
    twin.twilio().faults().next(Fault.held(letGo));
    CompletableFuture<ToolAnswer> handover =
        CompletableFuture.supplyAsync(
            () ->
                agent.callFunction(
                    twin.publicUrl("/redirect"), "transfer", Map.of("summary", "x")));
    Await.until("the transfer waits", () -> operate("/status").body().contains("\"under_way\":1"));

    turn("{\"drain\": true}");
    assertThat(operate("/status").body()).contains("\"draining\":true", "\"under_way\":1");
    letGo.countDown();
    assertThat(handover.join().json().getString("status")).isEqualTo("moved");
    call.awaitParty(org.retellbridge.twin.twilio.Party.Kind.STUDIO);
    call.farEndHangsUp();
    assertThat(call.awaitEnd().problems()).isEmpty();
    Await.until("nothing is left", () -> operate("/status").body().contains("\"under_way\":0"));
  }

  @Test
  void isDrainedByTheScriptUntilTheTransferIsOver() throws Exception {
    LiveCall call = twin.twilio().openCall(call());
    AgentCall agent = call.awaitAgent();
    CountDownLatch letGo = new CountDownLatch(1);
    twin.twilio().faults().next(Fault.held(letGo));
    CompletableFuture<ToolAnswer> handover =
        CompletableFuture.supplyAsync(
            () ->
                agent.callFunction(
                    twin.publicUrl("/redirect"), "transfer", Map.of("summary", "x")));
    Await.until("the transfer waits", () -> operate("/status").body().contains("\"under_way\":1"));

    Process script = drainScript();
    Await.until("the script drains", () -> operate("/status").body().contains("\"draining\":true"));
    assertThat(script.isAlive()).isTrue();
    letGo.countDown();
    assertThat(handover.join().json().getString("status")).isEqualTo("moved");
    String said = new String(script.getInputStream().readAllBytes(), UTF_8);
    assertThat(script.waitFor()).isZero();
    assertThat(said).isEmpty();
    call.farEndHangsUp();
    call.awaitEnd();
  }

  private Process drainScript() throws IOException {
    String folder = System.getProperty("server.config") + "/payara-micro";
    ProcessBuilder script = new ProcessBuilder(folder + "/drain.sh").redirectErrorStream(true);
    script.environment().put("OPERATIONS_TOKEN", BridgeUnderTest.OPERATIONS_TOKEN);
    script.environment().put("HTTP_PORT", Integer.toString(local("/").getPort()));
    script.environment().put("DRAIN_AFTER", "0");
    return script.start();
  }

  @Test
  void answersTheLadderAtOnceWhileRetellIsKnownToBeDown() {
    twin.retell().faults().always(Fault.cut());
    Await.until(
        "the breaker opens",
        () -> {
          IntStream.range(0, 10).forEach(i -> twin.twilio().placeCall(call()));
          return retellBreaker().equals("OPEN");
        });
    Await.until("operators see it", () -> breakerOpen("retell") == 1);
    // Now and then some are let through, to see whether Retell is back.
    Await.until("a call is answered at once, and no vendor asked", this::isShutOff);
    assertThat(twin.twilio().studioVisits())
        .anyMatch(visit -> "retell_shut_off".equals(visit.parameters().get("reason")));

    twin.retell().faults().clear();
    Await.until(
        "calls reach the agent again", () -> twin.twilio().placeCall(call()).reachedAgent());
    Await.until(
        "the breaker closes",
        () -> {
          twin.twilio().placeCall(call());
          return retellBreaker().equals("CLOSED");
        });
    assertThat(breakerOpen("retell")).isZero();
  }

  private double breakerOpen(String vendor) {
    return measured("bridge_vendor_breaker_open", "vendor=\"" + vendor + "\"");
  }

  @Test
  void tellsTheAgentWhoIsCalling() {
    twin.segment()
        .know(
            Map.of("phone", TwinNames.CALLER),
            Json.object().add("name", "Mia").add("plan", 7).add("other", "x").build());

    // A cold or busy machine may be too slow for the budget; then the agent knows nobody.
    Await.until(
        "the agent knows the caller",
        () -> {
          assertThat(twin.twilio().placeCall(call()).reachedAgent()).isTrue();
          return !customerName().isEmpty();
        });

    JsonObject sent = registered();
    assertThat(sent.getJsonObject("retell_llm_dynamic_variables").getString("customer_name"))
        .isEqualTo("Mia");
    assertThat(sent.getJsonObject("retell_llm_dynamic_variables").getString("customer_plan"))
        .isEqualTo("7");
    assertThat(sent.getJsonObject("retell_llm_dynamic_variables")).doesNotContainKey("other");
    assertThat(sent.getJsonObject("metadata").keySet()).noneMatch(key -> key.startsWith("cust"));
    assertThat(measured("bridge_personalization_seconds_count", "outcome=\"known\"")).isPositive();
    assertThat(BridgeUnderTest.serverLog()).doesNotContain("Mia");
  }

  @Test
  void asksNobodyAboutAWithheldNumber() {
    assertThat(
            twin.twilio()
                .placeCall(
                    org.retellbridge.twin.twilio.CallRequest.to(
                        twin.publicUrl("/start"), "anonymous", TwinNames.NUMBER))
                .reachedAgent())
        .isTrue();
    assertThat(customerName()).isEmpty();
    assertThat(twin.segment().profileRequests().total()).isZero();
  }

  @Test
  void connectsTheCallerWhateverSegmentDoesAndStopsAskingWhileItIsSlow() {
    for (Fault fault :
        new Fault[] {
          Fault.silent(), Fault.status(500), Fault.cut(), Fault.half(), Fault.garbage()
        }) {
      twin.segment().profileFaults().clear();
      twin.segment().profileFaults().always(fault);
      PlacedCall call = twin.twilio().placeCall(call());
      assertThat(call.reachedAgent()).as(fault.story()).isTrue();
      assertThat(customerName()).isEmpty();
      assertThat(call.firstDocument().took()).isLessThan(Duration.ofSeconds(8));
    }
    twin.segment().profileFaults().clear();
    twin.segment().profileFaults().always(Fault.silent());
    // Up to thirty calls that each wait for as long as they may.
    Await.until(
        "nobody asks any more",
        Duration.ofMinutes(2),
        () -> {
          long before = twin.segment().profileRequests().total();
          assertThat(twin.twilio().placeCall(call()).reachedAgent()).isTrue();
          return twin.segment().profileRequests().total() == before;
        });
    assertThat(operate("/prometheus").body()).contains("outcome=\"shut_off\"");

    twin.segment().profileFaults().clear();
    twin.segment()
        .know(Map.of("phone", TwinNames.CALLER), Json.object().add("name", "Mia").build());
    Await.until(
        "the agent knows callers again",
        () -> {
          twin.twilio().placeCall(call());
          return customerName().equals("Mia");
        });
  }

  private boolean isShutOff() {
    long asked = twin.retell().requests().total();
    long profiles = twin.segment().profileRequests().total();
    PlacedCall call = twin.twilio().placeCall(call());
    return twin.retell().requests().total() == asked
        && twin.segment().profileRequests().total() == profiles
        && call.firstDocument().took().compareTo(Duration.ofSeconds(2)) < 0;
  }

  private static String customerName() {
    return registered().getJsonObject("retell_llm_dynamic_variables").getString("customer_name");
  }

  /** The last registration that Retell got. */
  private static JsonObject registered() {
    return Json.parseObject(twin.retell().requests().last().orElseThrow().text()).orElseThrow();
  }

  private String retellBreaker() {
    return Json.parseObject(operate("/status").body())
        .orElseThrow()
        .getJsonObject("vendors")
        .getJsonObject("retell")
        .getString("breaker");
  }

  private HttpResponse<String> turn(String order) {
    return send(
        HttpRequest.newBuilder(local("/switches"))
            .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
            .PUT(HttpRequest.BodyPublishers.ofString(order)));
  }

  /** A server without MicroProfile Health has nothing there; operators ask {@code /status} then. */
  private static int readiness(String reason) {
    if (!ServerUnderTest.hasHealth()) {
      return 404;
    }
    return reason.equals("drain") ? 503 : 200;
  }

  private static String start(String... fields) {
    return twin.twilio().webhook().post(twin.publicUrl("/start"), Fields.of(fields)).text();
  }
}
