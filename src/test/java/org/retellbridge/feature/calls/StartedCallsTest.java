package org.retellbridge.feature.calls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.retellbridge.feature.calls.StartedCalls.Answer;
import org.retellbridge.feature.calls.StartedCalls.Memory;
import org.retellbridge.foundation.telephony.AgentCallOver;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.CallHandedOver;
import org.retellbridge.partner.twilio.HandoverWish;

class StartedCallsTest {
  private static final CallSid SID = new CallSid(Webhooks.SID);
  private static final AgentName AGENT = AgentName.parse("agent_a@prod").orElseThrow();
  private static final AgentName OTHER = AgentName.parse("agent_b@prod").orElseThrow();

  private static final CallId CALL = new CallId("call_1");
  private static final Optional<CallId> CONNECTED = Optional.of(CALL);

  private final AtomicLong now = new AtomicLong();
  private final Handovers handovers = new Handovers(now::get);
  private final StartedCalls started = new StartedCalls(handovers, now::get);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void givesARepeatTheFirstAnswer() throws Exception {
    Memory first = started.answer(SID, AGENT, this::connects);
    Memory second = started.answer(SID, AGENT, this::connects);
    assertThat(first.repeat()).isFalse();
    assertThat(second.repeat()).isTrue();
    assertThat(twiml(first)).isEqualTo("answer 1");
    assertThat(twiml(second)).isEqualTo("answer 1");
    assertThat(asked).hasValue(1);
  }

  @Test
  void givesARepeatTheAnswerThatIsUnderWay() throws Exception {
    CompletableFuture<Answer> underWay = new CompletableFuture<>();
    Memory first = started.answer(SID, AGENT, () -> underWay);
    Memory second = started.answer(SID, AGENT, this::connects);
    assertThat(second.answer().toCompletableFuture()).isNotDone();
    underWay.complete(new Answer("late", CONNECTED));
    assertThat(twiml(first)).isEqualTo("late");
    assertThat(twiml(second)).isEqualTo("late");
    assertThat(asked).hasValue(0);
  }

  @RepeatedTest(20)
  void asksOnceForWebhooksOfTheSameMoment() throws Exception {
    int many = 4;
    ExecutorService threads = Executors.newFixedThreadPool(many);
    CountDownLatch ready = new CountDownLatch(many);
    CountDownLatch go = new CountDownLatch(1);
    Callable<Memory> webhook =
        () -> {
          ready.countDown();
          go.await();
          return started.answer(SID, AGENT, this::connects);
        };
    try {
      List<Future<Memory>> memories =
          java.util.stream.Stream.generate(() -> threads.submit(webhook)).limit(many).toList();
      assertThat(ready.await(10, SECONDS)).isTrue();
      go.countDown();
      int repeats = 0;
      for (Future<Memory> memory : memories) {
        assertThat(twiml(memory.get(10, SECONDS))).isEqualTo("answer 1");
        repeats += memory.get().repeat() ? 1 : 0;
      }
      assertThat(repeats).isEqualTo(many - 1);
      assertThat(asked).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void registersAnewForAnotherAgentAndBack() throws Exception {
    started.answer(SID, AGENT, this::connects);
    assertThat(twiml(started.answer(SID, OTHER, this::connects))).isEqualTo("answer 2");
    assertThat(twiml(started.answer(SID, OTHER, this::connects))).isEqualTo("answer 2");
    assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 3");
  }

  @Test
  void remembersForAMinuteHoweverOftenTwilioRepeats() throws Exception {
    for (long second : new long[] {0, 30, 59}) {
      now.set(SECONDS.toNanos(second));
      assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 1");
    }
    now.set(SECONDS.toNanos(60));
    assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 2");
  }

  @Test
  void keepsCallsApart() throws Exception {
    CallSid otherCall = new CallSid("CA" + "f".repeat(32));
    started.answer(SID, AGENT, this::connects);
    assertThat(twiml(started.answer(otherCall, AGENT, this::connects))).isEqualTo("answer 2");
  }

  @Test
  void remembersNoFailure() throws Exception {
    Memory failed = started.answer(SID, AGENT, this::fallsBack);
    assertThat(twiml(failed)).isEqualTo("fallback 1");
    Memory next = started.answer(SID, AGENT, this::connects);
    assertThat(next.repeat()).isFalse();
    assertThat(twiml(next)).isEqualTo("answer 2");
  }

  @Test
  void letsALateFailureForgetOnlyItself() throws Exception {
    CompletableFuture<Answer> underWay = new CompletableFuture<>();
    started.answer(SID, AGENT, () -> underWay);
    started.answer(SID, OTHER, this::connects);
    underWay.complete(new Answer("fallback", Optional.empty()));
    assertThat(twiml(started.answer(SID, OTHER, this::connects))).isEqualTo("answer 1");
  }

  @Test
  void registersAnewWhatWasForgotten() throws Exception {
    started.answer(SID, AGENT, this::connects);
    started.forget(SID);
    assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 2");
  }

  @Test
  void registersAnewAfterTheAgentsPartIsOver() throws Exception {
    started.answer(SID, AGENT, this::connects);
    started.forget(new AgentCallOver(SID, CALL));
    assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 2");
  }

  /** Studio sent the call back to the agent before Retell told the end of the first time. */
  @Test
  void remembersAgainstALateEndOfAnEarlierTime() throws Exception {
    started.answer(SID, AGENT, this::connects);
    started.forget(new AgentCallOver(SID, new CallId("call_before")));
    assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 1");
  }

  @Test
  void leavesNobodyWaitingWhenThereWasNoThreadForTheStart() throws Exception {
    Supplier<CompletionStage<Answer>> broken =
        () -> {
          throw new InternalError("unable to create native thread");
        };
    assertThatThrownBy(() -> twiml(started.answer(SID, AGENT, broken)))
        .hasRootCauseInstanceOf(InternalError.class);
    assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 1");
  }

  @Test
  void leavesNobodyWaitingWhenTheStartThrows() throws Exception {
    Supplier<CompletionStage<Answer>> broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> twiml(started.answer(SID, AGENT, broken)))
        .hasStackTraceContaining("broken");
    assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 1");
  }

  @Test
  void leavesNobodyWaitingWhenTheStartFails() throws Exception {
    CompletableFuture<Answer> underWay = new CompletableFuture<>();
    started.answer(SID, AGENT, () -> underWay);
    Memory repeat = started.answer(SID, AGENT, this::connects);
    underWay.completeExceptionally(new IllegalStateException("broken"));
    assertThatThrownBy(() -> twiml(repeat)).hasStackTraceContaining("broken");
    assertThat(twiml(started.answer(SID, AGENT, this::connects))).isEqualTo("answer 1");
  }

  @Test
  void remembersAHandOverForAMinuteFromWhenItIsDue() {
    handovers.remember(
        new CallHandedOver(new HandoverWish(SID, Optional.empty(), "x", Duration.ofSeconds(20))));
    now.addAndGet(SECONDS.toNanos(79));
    assertThat(handovers.of(SID)).isPresent();
    now.addAndGet(SECONDS.toNanos(1));
    assertThat(handovers.of(SID)).isEmpty();
  }

  private CompletionStage<Answer> connects() {
    return CompletableFuture.completedStage(
        new Answer("answer " + asked.incrementAndGet(), CONNECTED));
  }

  private CompletionStage<Answer> fallsBack() {
    return CompletableFuture.completedStage(
        new Answer("fallback " + asked.incrementAndGet(), Optional.empty()));
  }

  private static String twiml(Memory memory) throws Exception {
    return memory.answer().toCompletableFuture().get(10, SECONDS).twiml();
  }
}
