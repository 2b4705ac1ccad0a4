package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.feature.calls.StartedCalls.Answer;
import org.retellbridge.foundation.ledger.Journal;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.ledger.TestCalls;
import org.retellbridge.foundation.ledger.TestJournal;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.CallHandedOver;
import org.retellbridge.partner.twilio.HandoverWish;
import org.retellbridge.partner.twilio.VoiceWebhook;

class EndLegTest {
  private final Metrics metrics = new Metrics();
  private final Handovers handovers = new Handovers();
  private final StartedCalls started = new StartedCalls(handovers);
  private final EndLeg endLeg =
      new EndLeg(
          LadderTest.ladder(
              "FALLBACK_NUMBER", "+61255500009", "FALLBACK_URL", "https://h.example/twiml"),
          started,
          handovers,
          new CallSteps(TestJournal.unwritten()),
          TestCalls.unwritten(),
          metrics);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DialCallStatus=completed",
        "DialCallStatus=answered",
        "QueueResult=bridged",
        "QueueResult=hangup",
        "QueueResult=redirected",
        "QueueResult=redirected-from-bridged",
        "QueueResult=bridging-in-process",
        "DialCallStatus=failed&DialBridged=true",
        "DialCallStatus=completed&DialBridged=true&DialCallDuration=3&CallStatus=in-progress",
        "DialCallStatus=completed&DialBridged=true&DialCallDuration=&CallStatus=in-progress",
        "DialCallStatus=completed&DialBridged=true&DialCallDuration=0x1&CallStatus=in-progress"
      })
  void hangsUpAfterAConversation(String result) {
    assertThat(next("rung=0", result)).endsWith("<Response><Hangup/></Response>");
  }

  /** A call that nobody took is not "completed" when its caller hangs up. */
  @ParameterizedTest
  @ValueSource(strings = {"completed", "busy", "failed", "no-answer", "canceled"})
  void hangsUpOnACallerWhoIsGone(String status) {
    for (String leg : List.of("no-answer", "canceled", "busy", "failed")) {
      assertThat(next("rung=0", "DialCallStatus=" + leg + "&CallStatus=" + status))
          .endsWith("<Response><Hangup/></Response>");
    }
    assertThat(metrics.scrape())
        .contains(legs("agent", "caller_gone", 4), legs("agent", "no_answer", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"queued", "initiated", "ringing", "in-progress", "", "brand-new"})
  void goesOnForACallerWhoMayBeThere(String status) {
    assertThat(next("rung=0", "DialCallStatus=no-answer&CallStatus=" + status))
        .contains("+61255500009");
  }

  /** Retell's SIP side takes the call, and its agent never comes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DialCallStatus=completed&DialBridged=true&DialCallDuration=0",
        "DialCallStatus=completed&DialCallDuration=1",
        "DialCallStatus=answered&DialCallDuration=2",
        "DialCallStatus=failed&DialBridged=true&DialCallDuration=2"
      })
  void goesToTheNextRungWhenTheAgentBreaksOffAtOnce(String result) {
    try (Logged log = Logged.by(EndLeg.class)) {
      assertThat(next("rung=0", result + "&CallStatus=in-progress")).contains("+61255500009");
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARNING ")
          .contains("dropped, next is number");
    }
    assertThat(metrics.scrape())
        .contains(legs("agent", "dropped", 1), legs("agent", "completed", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "rung=0, CallStatus=completed, <Hangup/>",
    "rung=0, CallStatus=in-progress&Direction=outbound-api, <Hangup/>",
    "rung=0&leg=transfer, CallStatus=in-progress, <Hangup/>",
    "rung=1, CallStatus=in-progress, <Hangup/>"
  })
  void takesNoOtherShortTalkForOneThatTheAgentBrokeOff(String query, String of, String answer) {
    assertThat(next(query, "DialCallStatus=completed&DialCallDuration=1&" + of)).contains(answer);
    assertThat(metrics.scrape()).contains(legs("agent", "dropped", 0));
  }

  @Test
  void leavesACallAloneThatWasHandedOverAtOnce() {
    moved();
    assertThat(next("rung=0", "DialCallStatus=completed&DialCallDuration=1&CallStatus=in-progress"))
        .endsWith("<Response></Response>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DialCallStatus=busy",
        "DialCallStatus=no-answer",
        "DialCallStatus=failed",
        "DialCallStatus=canceled",
        "DialCallStatus=",
        "DialCallStatus=Completed+or+not",
        "DialCallStatus=failed&DialBridged=false&CallStatus=in-progress",
        "QueueResult=queue-full",
        "QueueResult=error",
        "QueueResult=system-error",
        "QueueResult=leave",
        "x=y"
      })
  void goesToTheNextRungAfterAFailure(String result) {
    assertThat(next("rung=0", result))
        .contains("<Dial action=\"dial_ended?rung=1\"", "+61255500009");
  }

  @ParameterizedTest
  @CsvSource({"rung=0,<Dial", "rung=1,<Redirect", "rung=2,<Say", "rung=3,<Say", "rung=999,<Say"})
  void goesDownRungByRung(String query, String verb) {
    assertThat(next(query, "DialCallStatus=busy")).contains("<Response>" + verb);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "rung=", "rung=-1", "rung=x", "rung=1e1", "rung=99999999999", "rung=%zz"})
  void speaksForARungThatIsNone(String query) {
    assertThat(next(query, "DialCallStatus=busy")).contains("<Response><Say");
  }

  @Test
  void takesTheRungFromTheQueryAlone() {
    assertThat(next("rung=2", "DialCallStatus=busy&rung=0")).contains("<Response><Say");
  }

  @Test
  void speaksForARequestThatSaysNothing() {
    assertThat(endLeg.next(Webhooks.of(null, ""))).contains("<Response><Say");
  }

  @Test
  void tellsTheNextPeopleWhy() {
    EndLeg toApplication =
        new EndLeg(
            LadderTest.ladder("FALLBACK_APPLICATION_SID", "AP0123456789abcdef0123456789abcdef"),
            started,
            handovers,
            new CallSteps(TestJournal.unwritten()),
            TestCalls.unwritten(),
            metrics);
    assertThat(toApplication.next(Webhooks.ended("rung=0", "DialCallStatus=no-answer")))
        .contains("name=\"reason\" value=\"leg_no_answer\"");
    assertThat(
            toApplication.next(
                Webhooks.ended("rung=0", "DialCallStatus=completed&DialCallDuration=0")))
        .contains("name=\"reason\" value=\"leg_dropped\"");
    assertThat(toApplication.next(Webhooks.ended("rung=0", "DialCallStatus=%22%3E")))
        .contains("name=\"reason\" value=\"leg_unknown\"");
  }

  /** Such a leg is of the agent to whom somebody sent the call back, maybe by another node. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DialCallStatus=busy",
        "DialCallStatus=no-answer",
        "DialCallStatus=failed",
        "DialCallStatus=failed&DialBridged=false"
      })
  void takesNoLegThatNobodyAnsweredForOneThatWasHandedOver(String result) {
    moved();
    assertThat(next("rung=0", result)).contains("+61255500009");
    assertThat(metrics.scrape()).contains(legs("agent", "handed_over", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DialCallStatus=completed&DialBridged=true",
        "DialCallStatus=failed&DialBridged=true",
        "DialCallStatus=canceled",
        "x=y"
      })
  void leavesACallAloneThatTheAgentHandedOver(String result) {
    List<String> booked = new ArrayList<>();
    EndLeg watched = watched(booked);
    moved();
    assertThat(watched.next(Webhooks.ended("rung=0", result))).endsWith("<Response></Response>");
    assertThat(booked).isEmpty();

    watched.next(Webhooks.ended("rung=0&leg=transfer", "DialCallStatus=completed"));
    assertThat(booked).containsExactly("ended");
  }

  /** The agent hangs up, or breaks, while it waits before the call is moved. */
  @Test
  void sendsACallOnWhoseAgentEndsBeforeItsTransferIsDue() {
    HandoverWish handover = handover();
    String ended = "DialCallStatus=completed&CallStatus=in-progress";
    assertThat(next("rung=0", ended)).isEqualTo("<Response><Enqueue/></Response>");
    assertThat(handover.outcome().takeInTime()).as("Twilio is to move it as well").isFalse();
    assertThat(next("rung=0", ended))
        .as("reported again")
        .isEqualTo("<Response><Enqueue/></Response>");
    assertThat(metrics.scrape()).contains(legs("agent", "handed_over", 2));
  }

  /** To whom the call came back by another node, within the minute. */
  @Test
  void takesNoLaterAgentsLegForTheOneThatTookTheCall() {
    String ended = "DialCallStatus=completed&DialCallSid=CA" + "0".repeat(31);
    handover();
    next("rung=0", ended + "1");
    assertThat(next("rung=0", ended + "2")).contains("<Hangup/>");
    assertThat(next("rung=0", ended + "1")).as("reported again").contains("<Enqueue/>");
  }

  /** By when the agent's transfer is due, the call may be over. */
  @Test
  void writesDownOnceThatTheLegTookTheCall() {
    List<String> booked = new ArrayList<>();
    EndLeg watched = watched(booked);
    handover();
    watched.next(Webhooks.ended("rung=0", "DialCallStatus=completed"));
    watched.next(Webhooks.ended("rung=0", "DialCallStatus=completed"));
    assertThat(booked).containsExactly("handed over");
  }

  @Test
  void writesThatIntoTheJournal() {
    Journal journal = TestJournal.unwritten();
    EndLeg kept =
        new EndLeg(
            LadderTest.ladder(),
            started,
            handovers,
            new CallSteps(journal),
            TestCalls.unwritten(),
            metrics);
    moved();
    kept.next(Webhooks.ended("rung=0", "DialCallStatus=completed"));
    assertThat(TestJournal.isBlank(journal)).as("who moved the call has written it").isTrue();
    handover();
    kept.next(Webhooks.ended("rung=0", "DialCallStatus=completed"));
    assertThat(TestJournal.isBlank(journal)).isFalse();
  }

  /** Twilio is being asked, or did not say whether it moved the call: the caller was told so. */
  @Test
  void sendsACallOnOfWhichTwilioDidNotSayThatItMovedIt() {
    HandoverWish handover = handover();
    assertThat(handover.outcome().takeInTime()).isTrue();
    assertThat(next("rung=0", "DialCallStatus=completed&CallStatus=in-progress"))
        .isEqualTo("<Response><Enqueue/></Response>");
    handover.outcome().moved();
    assertThat(handover.outcome().withTheLeg()).as("Twilio's word comes too late").isTrue();
    assertThat(metrics.scrape()).contains(legs("agent", "handed_over", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "rung=0, DialCallStatus=completed&CallStatus=completed, <Hangup/>",
    "rung=0, DialCallStatus=busy, +61255500009",
    "rung=0&leg=transfer, DialCallStatus=busy, +61255500009",
    "rung=1, DialCallStatus=completed, <Hangup/>"
  })
  void movesNoCallWhoseCallerOrAgentIsAnother(String query, String result, String answer) {
    HandoverWish handover = handover();
    assertThat(next(query, result)).contains(answer);
    assertThat(handover.outcome().takeInTime()).isTrue();
  }

  @Test
  void forgetsATransferOfAnEarlierAgent() {
    handover();
    register(new AtomicInteger());
    assertThat(next("rung=0", "DialCallStatus=completed")).contains("<Hangup/>");
  }

  private HandoverWish handover() {
    return handover("<Response><Enqueue/></Response>");
  }

  private HandoverWish handover(String twiml) {
    HandoverWish handover =
        new HandoverWish(
            new CallSid(Webhooks.SID), Optional.of(new CallId("call_1")), twiml, Duration.ZERO);
    handovers.remember(new CallHandedOver(handover));
    return handover;
  }

  /** The agent changes its mind while the first transfer waits. */
  @Test
  void sendsACallWhereItsAgentWantedItLast() {
    HandoverWish first = handover();
    HandoverWish second = handover("<Response><Dial/></Response>");
    assertThat(next("rung=0", "DialCallStatus=completed"))
        .isEqualTo("<Response><Dial/></Response>");
    assertThat(second.outcome().withTheLeg()).isTrue();
    assertThat(first.overtaken()).isCompletedWithValue(true);
    assertThat(first.outcome().takeInTime()).isFalse();
  }

  @Test
  void sendsACallWhereItsAgentWantedItFirstWhenTheSecondTransferIsRefused() {
    HandoverWish first = handover();
    HandoverWish second = handover("<Response><Dial/></Response>");
    second.outcome().takeInTime();
    second.outcome().refused();
    assertThat(next("rung=0", "DialCallStatus=completed"))
        .isEqualTo("<Response><Enqueue/></Response>");
    assertThat(first.outcome().withTheLeg()).isTrue();
  }

  private void moved() {
    HandoverWish handover = handover();
    handover.outcome().takeInTime();
    handover.outcome().moved();
  }

  @Test
  void goesDownTheLadderWhenNobodyTakesWhatTheAgentHandedOver() {
    moved();
    assertThat(next("rung=0&leg=transfer", "DialCallStatus=busy")).contains("+61255500009");
    assertThat(next("rung=1", "DialCallStatus=busy")).contains("<Redirect");
  }

  @Test
  void endsACallThatCouldNotBeHandedOver() {
    HandoverWish handover = handover();
    handover.outcome().takeInTime();
    handover.outcome().refused();
    assertThat(next("rung=0", "DialCallStatus=completed")).contains("<Hangup/>");
  }

  @Test
  void endsACallThatIsWithAnAgentAgain() {
    moved();
    register(new AtomicInteger());
    assertThat(next("rung=0", "DialCallStatus=busy")).contains("+61255500009");
  }

  @Test
  void endsACallWhoseCallerLeftWhileItWasHandedOver() {
    moved();
    assertThat(next("rung=0", "DialCallStatus=completed&CallStatus=completed"))
        .contains("<Hangup/>");
  }

  private EndLeg watched(List<String> booked) {
    return new EndLeg(
        LadderTest.ladder(), started, handovers, booking(booked), TestCalls.unwritten(), metrics);
  }

  /** Tells which steps were to be written. */
  private static CallSteps booking(List<String> booked) {
    return new CallSteps(TestJournal.unwritten()) {
      @Override
      void ended(EndedLeg leg) {
        booked.add("ended");
      }

      @Override
      void wentOn(EndedLeg leg, String next, PhoneCall.Stage stage) {
        booked.add("went on");
      }

      @Override
      void handedOver(EndedLeg leg) {
        booked.add("handed over");
      }
    };
  }

  /** What cannot be written down keeps nobody from where the call goes. */
  @ParameterizedTest
  @CsvSource({
    "rung=0, DialCallStatus=busy, +61255500009",
    "rung=1, DialCallStatus=busy, <Redirect",
    "rung=2, DialCallStatus=busy, <Say",
    "rung=0&leg=transfer, DialCallStatus=busy, +61255500009",
    "rung=0, DialCallStatus=completed, <Hangup/>",
    "rung=1, DialCallStatus=completed, <Hangup/>",
    "'', '', <Say"
  })
  void goesOnWhereTheBridgeItselfFails(String query, String result, String answer) {
    String fallback = "CallSid=" + Webhooks.SID + "&" + result;
    try (Logged log = Logged.by(EndLeg.class)) {
      assertThat(broken().next(Webhooks.of(query, fallback))).contains("<Response>", answer);
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("SEVERE dial_ended callSid=" + Webhooks.SID)
                      .contains("fault of the bridge"));
    }
  }

  @Test
  void sendsACallWhereItsAgentWantedItAlsoWhereTheBridgeItselfFails() {
    handover();
    assertThat(broken().next(Webhooks.ended("rung=0", "DialCallStatus=completed")))
        .isEqualTo("<Response><Enqueue/></Response>");
  }

  /** Neither what is written down nor what the log says of it. */
  @Test
  void sendsACallWhereItsAgentWantedItAlsoWhereNothingCanBeToldOfIt() {
    handover();
    EndLeg speechless =
        new EndLeg(LadderTest.ladder(), started, handovers, new BrokenSteps(), null, metrics);
    assertThat(speechless.next(Webhooks.ended("rung=0", "DialCallStatus=completed")))
        .isEqualTo("<Response><Enqueue/></Response>");
  }

  @Test
  void speaksWhereTheLadderBreaks() {
    Ladder ladder =
        new Ladder(TestSettings.of("FALLBACK_NUMBER", "+61255500009")) {
          @Override
          String after(int over, VoiceWebhook webhook, Optional<CallSid> call, String reason) {
            if (over == AGENT) {
              throw new IllegalStateException("a");
            }
            return super.after(over, webhook, call, reason);
          }
        };
    assertThat(with(ladder, new CallSteps(TestJournal.unwritten())).next(busy()))
        .contains("<Response><Say");
  }

  private static VoiceWebhook busy() {
    return Webhooks.ended("rung=0", "DialCallStatus=busy");
  }

  private EndLeg broken() {
    return with(
        LadderTest.ladder(
            "FALLBACK_NUMBER", "+61255500009", "FALLBACK_URL", "https://h.example/twiml"),
        new BrokenSteps());
  }

  private EndLeg with(Ladder ladder, CallSteps steps) {
    return new EndLeg(ladder, started, handovers, steps, TestCalls.unwritten(), metrics);
  }

  @Test
  void forgetsTheCall() {
    AtomicInteger registered = new AtomicInteger();
    register(registered);
    next("rung=0", "DialCallStatus=completed");
    register(registered);
    assertThat(registered).hasValue(2);
  }

  @Test
  void countsTheResult() {
    next("rung=0", "DialCallStatus=no-answer");
    next("rung=0", "DialCallStatus=%22%3E");
    next("rung=0", "");
    assertThat(metrics.scrape())
        .contains("result=\"no_answer\"", "result=\"unknown\"", "result=\"missing\"");
  }

  @Test
  void countsTheAgentsLegsApart() {
    next("rung=0", "DialCallStatus=no-answer");
    next("rung=0&leg=transfer", "DialCallStatus=busy");
    next("rung=1", "DialCallStatus=failed");
    next("", "DialCallStatus=canceled");
    next("rung=0", "DialCallStatus=busy&CallStatus=completed");
    next("rung=0", "DialCallStatus=failed&DialBridged=true");
    moved();
    next("rung=0", "DialCallStatus=canceled");
    assertThat(metrics.scrape())
        .contains(
            legs("agent", "no_answer", 1),
            legs("transfer", "busy", 1),
            legs("fallback", "failed", 1),
            legs("fallback", "canceled", 1))
        .contains(
            legs("agent", "caller_gone", 1),
            legs("agent", "completed", 1),
            legs("agent", "handed_over", 1),
            legs("transfer", "handed_over", 0))
        .contains(
            legs("agent", "busy", 0),
            legs("agent", "failed", 0),
            legs("agent", "canceled", 0),
            legs("agent", "missing", 0));
  }

  private static String legs(String leg, String result, int count) {
    return "bridge_legs_ended_total{leg=\"%s\",result=\"%s\"} %d.0".formatted(leg, result, count);
  }

  @Test
  void logsTheCallAndNoNumber() {
    try (Logged log = Logged.by(EndLeg.class)) {
      next("rung=1", "DialCallStatus=busy&Digits=%2B61400000001");
      next("rung=0", "DialCallStatus=completed");
      next("rung=0", "DialCallStatus=%2B61400000001");
      assertThat(log.lines())
          .hasSize(3)
          .allMatch(line -> line.contains("callSid=" + Webhooks.SID))
          .noneMatch(line -> line.contains("61400000001") || line.contains("61255500000"));
    }
  }

  private void register(AtomicInteger registered) {
    started.answer(
        new CallSid(Webhooks.SID),
        AgentName.parse("agent_a").orElseThrow(),
        () -> {
          registered.incrementAndGet();
          return CompletableFuture.completedStage(
              new Answer("x", Optional.of(new CallId("call_1"))));
        });
  }

  private String next(String query, String result) {
    return endLeg.next(Webhooks.ended(query, result));
  }
}
