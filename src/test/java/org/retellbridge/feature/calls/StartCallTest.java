package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.ledger.TestCalls;
import org.retellbridge.foundation.ledger.TestJournal;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.switches.MemoryBoard;
import org.retellbridge.foundation.switches.UnderWay;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.partner.retell.Registration;
import org.retellbridge.partner.retell.Registration.Registered;
import org.retellbridge.partner.retell.RetellCalls;
import org.retellbridge.partner.retell.TestRetellCalls;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** A caller gets an answer, whatever the bridge itself does wrong. */
class StartCallTest {
  private static final String[] SETTINGS = {
    "RETELL_API_KEY", "key_1",
    "RETELL_AGENT_ID", "agent_a",
    "FALLBACK_NUMBER", "+61255500009"
  };
  private static final String WITHOUT_SID = "From=" + Webhooks.CALLER + "&To=" + Webhooks.DIALLED;
  private static final RetellCalls RETELL =
      TestRetellCalls.of(
          () -> CompletableFuture.completedStage(new Registered(new CallId("call_1"))));

  private Metrics metrics = new Metrics();
  private final List<Optional<AgentName>> asked = new ArrayList<>();
  private CallSteps steps =
      new CallSteps(TestJournal.unwritten()) {
        @Override
        void fellBack(
            VoiceWebhook webhook,
            String reason,
            String rung,
            PhoneCall.Stage stage,
            Optional<AgentName> agent) {
          asked.add(agent);
        }
      };
  private Ladder ladder = new Ladder(TestSettings.of(SETTINGS));
  private Greeting greeting = greeting(() -> CompletableFuture.completedStage(Map.of()));

  static Stream<Named<Supplier<CompletionStage<Registration>>>> faults() {
    return Stream.of(
        Named.of("thrown", () -> thrown(new IllegalStateException("+61400000001"))),
        Named.of("an error", () -> thrown(new NoClassDefFoundError("a"))),
        Named.of("later", () -> CompletableFuture.failedStage(new IllegalStateException("b"))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void leadsACallerDownTheLadderWhereItCannotRegisterTheCall(
      Supplier<CompletionStage<Registration>> fault) {
    try (Logged log = Logged.by(FallBack.class)) {
      assertThat(twiml(fault, Webhooks.inbound())).contains("+61255500009");
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("SEVERE start callSid=" + Webhooks.SID)
                      .contains("fault of the bridge"))
          .filteredOn(line -> !line.startsWith("FINE"))
          .noneMatch(line -> line.contains("+61400000001"));
    }
    assertOneFault();
    assertThat(asked)
        .as("the journal tells who was asked for")
        .singleElement()
        .satisfies(agent -> assertThat(agent.map(AgentName::id)).hasValue("agent_a"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void leadsACallerDownTheLadderWhoseCallHasNoSid(Supplier<CompletionStage<Registration>> fault) {
    assertThat(twiml(fault, Webhooks.of(null, WITHOUT_SID))).contains("+61255500009");
    assertOneFault();
  }

  /** Here not even who is to be asked for counts: the fault comes before that. */
  @ParameterizedTest
  @ValueSource(strings = {"CallSid=" + Webhooks.SID, "From=" + Webhooks.CALLER})
  void leadsACallerDownTheLadderWhomItCannotLookUp(String form) {
    greeting = greeting(() -> thrown(new NoClassDefFoundError("a")));
    assertThat(twiml(RETELL, Webhooks.of(null, form))).contains("+61255500009");
    assertOneFault();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CallSid=" + Webhooks.SID, "From=" + Webhooks.CALLER})
  void leadsACallerDownTheLadderWhoseCallItCannotWriteDown(String form) {
    steps = new BrokenSteps();
    assertThat(twiml(RETELL, Webhooks.of(null, form))).contains("+61255500009");
    assertOneFault();
  }

  @Test
  void speaksWhereTheLadderBreaks() {
    ladder =
        new Ladder(TestSettings.of(SETTINGS)) {
          @Override
          String after(int over, VoiceWebhook webhook, String reason) {
            return over == AGENT
                ? thrown(new IllegalStateException("a"))
                : super.after(over, webhook, reason);
          }
        };
    assertThat(twiml(() -> CompletableFuture.failedStage(new Error("b")), Webhooks.inbound()))
        .contains("<Response><Say");
  }

  @Test
  void answersAlsoWhereItCannotMeasureHowLongThatTook() {
    metrics =
        new Metrics() {
          @Override
          public void time(String name, Duration duration, String... tags) {
            throw new NoClassDefFoundError("a");
          }
        };
    assertThat(twiml(RETELL, Webhooks.inbound())).contains("+61255500009");
    assertOneFault();
  }

  @Test
  void connectsTheAgentWhereNothingBreaks() {
    assertThat(twiml(RETELL, Webhooks.inbound())).contains("<Sip>sip:call_1@");
    assertThat(metrics.scrape()).contains("{outcome=\"fallback\",reason=\"fault\"} 0.0");
  }

  /** The call is not counted twice, and never one that was not lost to a fault. */
  private void assertOneFault() {
    assertThat(metrics.scrape())
        .contains("bridge_calls_total{outcome=\"fallback\",reason=\"fault\"} 1.0");
  }

  private String twiml(Supplier<CompletionStage<Registration>> outcome, VoiceWebhook webhook) {
    return twiml(TestRetellCalls.of(outcome), webhook);
  }

  private String twiml(RetellCalls retell, VoiceWebhook webhook) {
    Settings settings = TestSettings.of(SETTINGS);
    FallBack fallBack = new FallBack(ladder, steps, metrics);
    StartCall startCall =
        new StartCall(
            new AgentChoice(settings),
            new Admission(MemoryBoard.agent(settings), MemoryBoard.draining(), Clock.systemUTC()),
            new StartedCalls(new Handovers()),
            TestCalls.unwritten(),
            new ConnectAgent(
                greeting, retell, TestCalls.unwritten(), steps, fallBack, metrics, settings),
            fallBack,
            steps,
            metrics,
            new UnderWay(),
            settings);
    return startCall.connect(webhook).toCompletableFuture().join();
  }

  private static Greeting greeting(Supplier<CompletionStage<Map<String, String>>> customer) {
    return new Greeting() {
      @Override
      CompletionStage<Map<String, String>> variables(VoiceWebhook webhook) {
        return customer.get();
      }
    };
  }

  private static <T> T thrown(RuntimeException fault) {
    throw fault;
  }

  private static <T> T thrown(Error fault) {
    throw fault;
  }
}
