package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.twilio.Heard;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.FaultRule;

/** Whatever Retell does, the caller is answered within the budget. */
class RetellTroubleIT extends DeployedBridge {
  private static final Duration BUDGET = Duration.ofSeconds(4);

  /** What a voice webhook may take at most; Twilio itself gives up after 15 s. */
  private static final Duration MOST = Duration.ofSeconds(10);

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(
        Map.of(
            "START_BUDGET",
            BUDGET.toString(),
            "FALLBACK_APPLICATION_SID",
            TwinNames.FALLBACK_APPLICATION));
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of("refuses the key", Fault.status(401), "retell_refused"),
        Arguments.of("wants money", Fault.status(402), "retell_refused"),
        Arguments.of("has moved", Fault.status(404), "retell_refused"),
        Arguments.of("does not know the agent", Fault.status(422), "retell_refused"),
        Arguments.of("is too busy", Fault.status(429), "retell_busy"),
        Arguments.of("asks to wait", Fault.status(429).retryAfter(60), "retell_busy"),
        Arguments.of("fails", Fault.status(500), "retell_broken"),
        Arguments.of("is being mended", Fault.html(), "retell_garbled"),
        Arguments.of("talks garbage", Fault.garbage(), "retell_garbled"),
        Arguments.of("says nothing", Fault.nothing(), "retell_garbled"),
        Arguments.of("hangs up", Fault.cut(), "retell_"),
        Arguments.of("stops in the middle", Fault.half(), "retell_"),
        Arguments.of("falls silent in the middle", Fault.halfThenSilence(), "retell_timed_out"),
        Arguments.of("never answers", Fault.silent(), "retell_timed_out"),
        Arguments.of("takes 20 s", Fault.late(Duration.ofSeconds(20)), "retell_timed_out"));
  }

  @ParameterizedTest(name = "Retell {0}")
  @MethodSource("troubles")
  void sendsTheCallerDownTheLadderWithinTheBudget(String what, Fault fault, String reason) {
    String before = BridgeUnderTest.serverLog();
    twin.retell().faults().always(fault);

    PlacedCall call = twin.twilio().placeCall(call());

    assertThat(call.heardKinds()).contains(Heard.Kind.STUDIO);
    assertThat(call.deadLine()).isFalse();
    assertThat(call.firstDocument().took()).isLessThan(MOST);
    assertThat(twin.twilio().studioVisits().get(0).parameters().get("reason")).startsWith(reason);
    String log = BridgeUnderTest.loggedSince(before, call.callSid());
    assertThat(log.lines().filter(line -> line.contains(call.callSid())))
        .as("one line for one outcome")
        .filteredOn(line -> line.contains("start callSid="))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains(": not registered, retell ", "; fallback to ", "reason " + reason));
    assertThat(log).doesNotContain(TwinNames.CALLER.substring(1));
  }

  @Test
  void asksOnceMoreWhenThatIsSafe() {
    twin.retell().faults().add(FaultRule.of(Fault.status(503)).times(1));

    assertThat(twin.twilio().placeCall(call()).reachedAgent()).isTrue();
    assertThat(twin.retell().requests().count("/v2/register-phone-call")).isEqualTo(2);
  }

  @Test
  void asksOnlyOnceWhenRetellSaysNo() {
    twin.retell().faults().always(Fault.status(422));

    twin.twilio().placeCall(call());

    assertThat(twin.retell().requests().count("/v2/register-phone-call")).isEqualTo(1);
  }
}
