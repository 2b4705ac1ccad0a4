package org.retellbridge.feature.customers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.segment.SegmentMessage;
import org.retellbridge.twin.segment.SegmentTwin;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;

/** Whatever Segment does, the agent gets one sentence within the budget, and it is true. */
class SegmentTroubleIT extends DeployedBridge {
  private static final Duration BUDGET = Duration.ofSeconds(4);

  /** For the way there and back on a busy machine. */
  private static final Duration LEEWAY = Duration.ofSeconds(5);

  /** Troubles after which it is no use to try again. */
  private static final Set<String> FINAL = Set.of("refuses the token", "says 400");

  private static final AtomicInteger customers = new AtomicInteger();

  private static final Map<String, String> MIA = Map.of("name", "Mia", "phone", "+61255508888");

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of("FUNCTION_BUDGET", BUDGET.toString(), "SEGMENT_USER_ID", "hash"));
  }

  /**
   * What a cold server takes for its first request says nothing about the budget; and what was
   * accepted and is still on its way would meet the next trouble.
   */
  @BeforeEach
  void isWellBefore() {
    Await.until("customers are read", () -> call("/lookup", Map.of()).last().text().equals("[]"));
    Await.until(
        "customers are saved",
        () -> call("/save_customer", MIA).json().getString("message").equals("accepted"));
    Await.until("nothing is on its way", this::allIsDelivered);
    twin.segment().reset();
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(
            "refuses the token",
            Fault.says(
                Reply.json(401, error("authentication_error")).with("Request-Id", "req-0815")),
            "HTTP 401, authentication_error, request req-0815"),
        Arguments.of("says 400", Fault.status(400), "HTTP 400, no code"),
        Arguments.of(
            "is too busy",
            SegmentTwin.refusal(429, "rate_limit_error"),
            "HTTP 429, rate_limit_error"),
        Arguments.of("asks to wait", Fault.status(429).retryAfter(5), "segment busy (HTTP 429"),
        Arguments.of("fails", Fault.status(500), "segment broken (HTTP 500"),
        Arguments.of("is being mended", Fault.html(), "segment garbled"),
        Arguments.of("talks garbage", Fault.garbage(), "segment garbled"),
        Arguments.of("hangs up", Fault.cut(), "segment "),
        Arguments.of("stops in the middle", Fault.half(), "segment "),
        Arguments.of("never answers", Fault.silent(), "segment timed_out"));
  }

  @ParameterizedTest(name = "Segment {0}")
  @MethodSource("troubles")
  void neverTakesAFailureForAnUnknownCaller(String what, Fault fault, String logged) {
    twin.segment().profileFaults().always(fault);
    String before = BridgeUnderTest.serverLog();

    ToolAnswer answer = call("/lookup", Map.of());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("failed");
    assertThat(answer.json().getString("message"))
        .startsWith(
            FINAL.contains(what)
                ? "The customer records do not let the bridge in, so it is not known"
                : "The customer records cannot be read right now, so it is not known");
    assertThat(answer.last().took()).isLessThan(BUDGET.plus(LEEWAY));
    assertThat(twin.segment().profileRequests().total()).isPositive();
    assertLogged(before, "function /lookup ", logged);
  }

  static Stream<Arguments> passing() {
    return troubles().filter(trouble -> !FINAL.contains((String) trouble.get()[0]));
  }

  /** What was accepted is not lost, whatever became of the first attempt. */
  @ParameterizedTest(name = "Segment {0}")
  @MethodSource("passing")
  void acceptsNowAndDeliversOnceItIsOver(String what, Fault fault, String logged) {
    twin.segment().trackingFaults().always(fault);
    String caller = "+6140000" + String.format("%04d", customers.incrementAndGet());

    ToolAnswer answer = call(caller, "/save_customer", MIA);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("message")).isEqualTo("accepted");
    assertThat(answer.last().took()).isLessThan(BUDGET.plus(LEEWAY));
    assertThat(twin.segment().trackingRequests().total()).isPositive();
    twin.segment().trackingFaults().clear();
    Await.until("it arrives", () -> arrived(caller).contains("applied"));
    assertThat(arrived(caller)).containsOnlyOnce("applied");
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {400, 401})
  void saysThatItWasRefusedAndLetsAnOperatorSendItAgain(int status) {
    twin.segment().trackingFaults().always(Fault.status(status));
    String caller = "+6140000" + String.format("%04d", customers.incrementAndGet());

    ToolAnswer answer = call(caller, "/save_customer", MIA);

    assertThat(answer.json().getString("status")).isEqualTo("failed");
    assertThat(answer.json().getString("message"))
        .isEqualTo("The customer records refused this. Nothing was stored.");
    assertThat(operate("/outbox/dead_letters").body())
        .contains("HTTP " + status)
        .doesNotContain(caller, "Mia");
    Await.until("operators see it", () -> measured("bridge_outbox_dead") == 1);
    twin.segment().trackingFaults().clear();
    assertThat(replay("").body()).isEqualTo("{\"replayed\":1}");
    Await.until("it arrives", () -> arrived(caller).contains("applied"));
    assertThat(operate("/outbox/dead_letters").body()).contains("\"dead_letters\":[]");
    assertThat(replay("?message_id=nothing").statusCode()).isEqualTo(404);
  }

  /** As a new space is, and by the hash, which stands for the number there. */
  @Test
  void findsAgainWhatItSavedInASpaceThatKnowsNoNumbers() {
    twin.segment().forgetIdentifier("phone");
    twin.segment().addsUnknownTypes(false);
    call("/save_customer", MIA);

    assertThat(call("/lookup", Map.of()).json().getString("name")).isEqualTo("Mia");
    call("/add_event", Map.of());
    assertThat(call("/lookup_events", Map.of()).last().text()).startsWith("[{\"eventName\":\"f\"");
    assertThat(twin.segment().profiles())
        .singleElement()
        .satisfies(
            mia ->
                assertThat(mia.identifiers())
                    .singleElement()
                    .asString()
                    .containsPattern("user_id.*[0-9a-f]{64}")
                    .doesNotContain(TwinNames.CALLER.substring(1)));
  }

  @Test
  void letsAnOperatorThrowAwayWhatWasRefused() {
    twin.segment().trackingFaults().always(Fault.status(400));
    call("+6140000" + String.format("%04d", customers.incrementAndGet()), "/save_customer", MIA);
    JsonObject letter =
        Json.parseObject(operate("/outbox/dead_letters").body())
            .orElseThrow()
            .getJsonArray("dead_letters")
            .getJsonObject(0);
    assertThat(letter.getString("call")).isNotEmpty();
    assertThat(discard("").statusCode()).isEqualTo(400);
    assertThat(discard("?message_id=nothing").statusCode()).isEqualTo(404);
    String query = "?message_id=" + letter.getString("message_id");
    String before = BridgeUnderTest.serverLog();
    assertThat(discard(query).statusCode()).isEqualTo(204);
    assertThat(operate("/outbox/dead_letters").body()).contains("\"dead_letters\":[]");
    assertThat(discard(query).statusCode()).isEqualTo(404);
    assertThat(BridgeUnderTest.loggedSince(before, "An operator threw dead letter"))
        .contains(letter.getString("message_id"));
    twin.segment().trackingFaults().clear();
  }

  private HttpResponse<String> discard(String query) {
    return send(
        HttpRequest.newBuilder(local("/outbox/dead_letters" + query))
            .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
            .DELETE());
  }

  private boolean allIsDelivered() {
    return operate("/outbox/dead_letters").body().contains("\"to_be_delivered\":0,");
  }

  private HttpResponse<String> replay(String query) {
    return send(
        HttpRequest.newBuilder(local("/outbox/dead_letters/replay" + query))
            .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** What became of the caller's messages at Segment. */
  private static List<String> arrived(String caller) {
    return twin.segment().messages().stream()
        .filter(message -> message.body().getJsonObject("context").toString().contains(caller))
        .map(SegmentMessage::fate)
        .toList();
  }

  private static void assertLogged(String before, String start, String logged) {
    String log = BridgeUnderTest.loggedSince(before, start);
    assertThat(log.lines().filter(line -> line.contains(start)))
        .hasSize(1)
        .allMatch(line -> line.contains(logged));
    assertThat(log).doesNotContain(TwinNames.CALLER.substring(1));
  }

  private static ToolAnswer call(String path, Map<String, String> args) {
    return call(TwinNames.CALLER, path, args);
  }

  private static ToolAnswer call(String caller, String path, Map<String, String> args) {
    return twin.retell()
        .talk(CallSpec.phone(TwinNames.AGENT, caller, TwinNames.NUMBER))
        .callFunction(twin.publicUrl(path), "f", args);
  }

  private static jakarta.json.JsonObject error(String code) {
    return Json.object()
        .add("error", Json.object().add("code", code).add("message", "the number " + code))
        .build();
  }
}
