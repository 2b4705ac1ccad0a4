package org.retellbridge.feature.calls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.retellbridge.foundation.telephony.AgentCallOver;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallLeaving;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * Remembers for a minute what a call was answered, so that a webhook that Twilio repeats, even at
 * the same moment, registers nothing new. Only the newest agent of a call is remembered, and only
 * successes: a {@code call_id} works once, so whatever ends a leg must {@link #forget} it.
 */
@ApplicationScoped
public class StartedCalls {
  private Cache<CallSid, Started> calls;
  private Handovers handovers;

  StartedCalls() {}

  @Inject
  StartedCalls(Handovers handovers) {
    this(handovers, Ticker.systemTicker());
  }

  StartedCalls(Handovers handovers, Ticker ticker) {
    this.handovers = handovers;
    this.calls = Handovers.memory(ticker).expireAfterWrite(Handovers.MEMORY).build();
  }

  /**
   * The answer to this call's webhook: the one that is remembered or under way, else a new one.
   *
   * @param start asks for the new answer; when that fails, all who wait for it learn so
   */
  public Memory answer(CallSid callSid, AgentName agent, Supplier<CompletionStage<Answer>> start) {
    Started first = calls.getIfPresent(callSid);
    if (first != null && first.agent().equals(agent)) {
      // Not by compute, which counts as a write: each repeat would prolong the memory.
      return new Memory(first.answer(), true);
    }
    Started mine = new Started(agent, new CompletableFuture<>());
    Started started =
        calls
            .asMap()
            .compute(
                callSid,
                (sid, known) -> known != null && known.agent().equals(agent) ? known : mine);
    if (started == mine) {
      handovers.forget(callSid);
      begin(start)
          .whenComplete(
              (answer, thrown) -> {
                if (thrown != null || !answer.connectsAgent()) {
                  calls.asMap().remove(callSid, started);
                }
                if (thrown != null) {
                  started.answer().completeExceptionally(thrown);
                  return;
                }
                started.answer().complete(answer);
              });
    }
    return new Memory(started.answer(), started != mine);
  }

  private static CompletionStage<Answer> begin(Supplier<CompletionStage<Answer>> start) {
    try {
      return start.get();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  void forget(CallSid callSid) {
    calls.invalidate(callSid);
  }

  void forget(@Observes CallLeaving call) {
    forget(call.callSid());
  }

  /** The event may be late, and the call with another agent by now: then it is remembered. */
  void forget(@Observes AgentCallOver over) {
    calls
        .asMap()
        .computeIfPresent(
            over.callSid(), (sid, started) -> started.was(over.callId()) ? null : started);
  }

  /**
   * @param twiml what the caller gets
   * @param callId the agent's call; empty when it is the fallback ladder
   */
  record Answer(String twiml, Optional<CallId> callId) {
    static Answer agent(String twiml, CallId callId) {
      return new Answer(twiml, Optional.of(callId));
    }

    static Answer ladder(String twiml) {
      return new Answer(twiml, Optional.empty());
    }

    boolean connectsAgent() {
      return callId.isPresent();
    }
  }

  /**
   * @param answer the answer
   * @param repeat whether it belongs to an earlier webhook
   */
  record Memory(CompletionStage<Answer> answer, boolean repeat) {}

  private record Started(AgentName agent, CompletableFuture<Answer> answer) {
    boolean was(CallId callId) {
      return answer.isDone()
          && !answer.isCompletedExceptionally()
          && answer.join().callId().filter(callId::equals).isPresent();
    }
  }
}
