package org.retellbridge.feature.customers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.segment.SegmentTwin;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.Reply;

/** Whatever Segment does, the agent gets one sentence within the budget, and it is true. */
class SegmentTroubleIT extends DeployedBridge {
  private static final Duration BUDGET = Duration.ofSeconds(2);

  /** For the way there and back on a busy machine. */
  private static final Duration LEEWAY = Duration.ofSeconds(5);

  private static final String NOT_DONE = "The customer records cannot be reached right now.";
  private static final String WHO_KNOWS = "The customer records did not say whether it worked.";

  private static final Map<String, String> MIA = Map.of("name", "Mia", "phone", "+61255508888");

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(Map.of("FUNCTION_BUDGET", BUDGET.toString()));
  }

  /** What a cold server takes for its first request says nothing about the budget. */
  @BeforeEach
  void isWellBefore() {
    assertThat(call("/lookup", Map.of()).last().text()).isEqualTo("[]");
    assertThat(call("/save_customer", MIA).json().getString("message")).isEqualTo("accepted");
    twin.segment().reset();
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(
            "refuses the token",
            Fault.says(
                Reply.json(401, error("authentication_error")).with("Request-Id", "req-0815")),
            "HTTP 401, authentication_error, request req-0815",
            NOT_DONE),
        Arguments.of("says 400", Fault.status(400), "HTTP 400, no code", NOT_DONE),
        Arguments.of(
            "is too busy",
            SegmentTwin.refusal(429, "rate_limit_error"),
            "HTTP 429, rate_limit_error",
            NOT_DONE),
        Arguments.of(
            "asks to wait", Fault.status(429).retryAfter(60), "segment busy (HTTP 429", NOT_DONE),
        Arguments.of("fails", Fault.status(500), "segment broken (HTTP 500", WHO_KNOWS),
        Arguments.of("is being mended", Fault.html(), "segment garbled", WHO_KNOWS),
        Arguments.of("talks garbage", Fault.garbage(), "segment garbled", WHO_KNOWS),
        Arguments.of("hangs up", Fault.cut(), "segment ", WHO_KNOWS),
        Arguments.of("stops in the middle", Fault.half(), "segment ", WHO_KNOWS),
        Arguments.of("never answers", Fault.silent(), "segment timed_out", WHO_KNOWS));
  }

  @ParameterizedTest(name = "Segment {0}")
  @MethodSource("troubles")
  void neverTakesAFailureForAnUnknownCaller(String what, Fault fault, String logged, String said) {
    twin.segment().profileFaults().always(fault);
    String before = BridgeUnderTest.serverLog();

    ToolAnswer answer = call("/lookup", Map.of());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo("failed");
    assertThat(answer.json().getString("message"))
        .startsWith("The customer records cannot be read right now");
    assertThat(answer.last().took()).isLessThan(BUDGET.plus(LEEWAY));
    assertThat(twin.segment().profileRequests().total()).isPositive();
    assertLogged(before, "customer not looked up: ", logged);
  }

  @ParameterizedTest(name = "Segment {0}")
  @MethodSource("troubles")
  void saysWhetherItIsSavedAsFarAsItKnows(String what, Fault fault, String logged, String said) {
    twin.segment().trackingFaults().always(fault);
    String before = BridgeUnderTest.serverLog();

    ToolAnswer answer = call("/save_customer", MIA);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(Json.strings(Map.of("status", "failed", "message", said)));
    assertThat(answer.last().took()).isLessThan(BUDGET.plus(LEEWAY));
    assertThat(twin.segment().trackingRequests().total()).isPositive();
    assertLogged(before, "function failed: ", logged);
  }

  private static void assertLogged(String before, String start, String logged) {
    String log = BridgeUnderTest.serverLog().substring(before.length());
    assertThat(log.lines().filter(line -> line.contains(start)))
        .hasSize(1)
        .allMatch(line -> line.contains(logged));
    assertThat(log).doesNotContain(TwinNames.CALLER.substring(1));
  }

  private static ToolAnswer call(String path, Map<String, String> args) {
    return twin.retell()
        .talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER))
        .callFunction(twin.publicUrl(path), "f", args);
  }

  private static jakarta.json.JsonObject error(String code) {
    return Json.object()
        .add("error", Json.object().add("code", code).add("message", "the number " + code))
        .build();
  }
}
