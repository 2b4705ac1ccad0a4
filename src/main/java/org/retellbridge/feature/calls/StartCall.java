package org.retellbridge.feature.calls;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.feature.calls.StartedCalls.Answer;
import org.retellbridge.feature.calls.StartedCalls.Memory;
import org.retellbridge.foundation.ledger.Calls;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.switches.UnderWay;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Decides whether a call goes to an agent, to which one, or to the fallback ladder. */
@ApplicationScoped
public class StartCall {
  private static final System.Logger LOGGER = System.getLogger(StartCall.class.getName());

  private static final String ANSWER_TIME = "bridge.start.answer.time";
  private static final String REPEATS = "bridge.repeats";

  private AgentChoice agents;
  private Admission admission;
  private StartedCalls started;
  private Calls calls;
  private ConnectAgent connectAgent;
  private FallBack fallBack;
  private CallSteps steps;
  private Metrics metrics;
  private UnderWay underWay;
  private boolean agentsOn;

  StartCall() {}

  @Inject
  StartCall(
      AgentChoice agents,
      Admission admission,
      StartedCalls started,
      Calls calls,
      ConnectAgent connectAgent,
      FallBack fallBack,
      CallSteps steps,
      Metrics metrics,
      UnderWay underWay,
      Settings settings) {
    this.agents = agents;
    this.admission = admission;
    this.started = started;
    this.calls = calls;
    this.connectAgent = connectAgent;
    this.fallBack = fallBack;
    this.steps = steps;
    this.metrics = metrics;
    metrics.expect(REPEATS, "what", "start");
    metrics.expectTimes(ANSWER_TIME);
    this.underWay = underWay;
    this.agentsOn = settings.state(Feature.AGENT).on();
  }

  /** The TwiML for a call; never fails and always comes within {@code START_BUDGET}. */
  public CompletionStage<String> connect(VoiceWebhook webhook) {
    long start = System.nanoTime();
    CompletionStage<String> answer;
    try {
      answer = answer(webhook);
    } catch (RuntimeException | Error e) {
      answer = CompletableFuture.failedStage(e);
    }
    return underWay
        .watch(answer)
        .whenComplete(
            (twiml, thrown) ->
                metrics.time(ANSWER_TIME, Duration.ofNanos(System.nanoTime() - start)))
        .exceptionally(thrown -> fallBack.afterFault(webhook, thrown, Optional.empty()));
  }

  private CompletionStage<String> answer(VoiceWebhook webhook) {
    if (!agentsOn) {
      return withoutAgent(webhook, "agent_off");
    }
    Optional<AgentName> agent = agents.of(webhook);
    return agent.isEmpty()
        ? withoutAgent(webhook, "no_agent")
        : once(webhook, agent.get()).thenApply(Answer::twiml);
  }

  private CompletionStage<String> withoutAgent(VoiceWebhook webhook, String reason) {
    steps.arrived(webhook);
    return CompletableFuture.completedStage(fallBack.withoutAgent(webhook, reason));
  }

  private CompletionStage<Answer> once(VoiceWebhook webhook, AgentName agent) {
    Optional<CallSid> callSid = webhook.callSid();
    if (callSid.isEmpty()) {
      return begin(webhook, agent);
    }
    Memory memory = started.answer(callSid.get(), agent, () -> begin(webhook, agent));
    if (memory.repeat()) {
      metrics.count(REPEATS, "what", "start");
      steps.askedAgain(webhook);
      LOGGER.log(
          INFO,
          "start repeated callSid={0} callId={1}: the first answer is given again",
          callSid.get(),
          calls.idOf(callSid.get()).map(Object::toString).orElse("-"));
    }
    return memory.answer();
  }

  /** Asked for new calls only: what operators turn leaves a repeat of a webhook its answer. */
  private CompletionStage<Answer> begin(VoiceWebhook webhook, AgentName agent) {
    steps.arrived(webhook);
    Optional<String> refusal = admission.refusal(webhook.firstLeg());
    return refusal.isPresent()
        ? CompletableFuture.completedStage(
            Answer.ladder(fallBack.turnedAway(webhook, refusal.get())))
        : connectAgent.answer(webhook, agent);
  }
}
