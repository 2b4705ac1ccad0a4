package org.retellbridge.feature.calls;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.feature.calls.StartedCalls.Answer;
import org.retellbridge.feature.calls.StartedCalls.Memory;
import org.retellbridge.foundation.ledger.Calls;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.switches.UnderWay;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.traces.Trace;
import org.retellbridge.partner.retell.Agent;
import org.retellbridge.partner.retell.NewCall;
import org.retellbridge.partner.retell.Registration;
import org.retellbridge.partner.retell.Registration.NotRegistered;
import org.retellbridge.partner.retell.Registration.Registered;
import org.retellbridge.partner.retell.RetellCalls;
import org.retellbridge.partner.twilio.Twiml;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Connects a call to its agent, or to the fallback ladder when that cannot be. */
@ApplicationScoped
public class StartCall {
  private static final System.Logger LOGGER = System.getLogger(StartCall.class.getName());

  private static final String CALLS = "bridge.calls";
  private static final String ANSWER_TIME = "bridge.start.answer.time";
  private static final List<String> EXPECTED =
      List.of(
          "agent_off",
          "drain",
          "hours",
          "share",
          "no_agent",
          "fault",
          "retell_unreachable",
          "retell_busy",
          "retell_broken",
          "retell_cut",
          "retell_timed_out",
          "retell_garbled",
          "retell_refused",
          "retell_shut_off",
          "retell_crowded");

  private AgentChoice agents;
  private Admission admission;
  private Greeting greeting;
  private RetellCalls retell;
  private StartedCalls started;
  private Calls calls;
  private Ladder ladder;
  private CallSteps steps;
  private Metrics metrics;
  private UnderWay underWay;
  private boolean agentsOn;
  private Duration timeout;
  private String sipSuffix;

  StartCall() {}

  @Inject
  StartCall(
      AgentChoice agents,
      Admission admission,
      Greeting greeting,
      RetellCalls retell,
      StartedCalls started,
      Calls calls,
      Ladder ladder,
      CallSteps steps,
      Metrics metrics,
      UnderWay underWay,
      Settings settings) {
    this.agents = agents;
    this.admission = admission;
    this.greeting = greeting;
    this.retell = retell;
    this.started = started;
    this.calls = calls;
    this.ladder = ladder;
    this.steps = steps;
    this.metrics = metrics;
    metrics.expect(CALLS, "outcome", "agent", "reason", "none");
    metrics.expect("bridge.repeats", "what", "start");
    metrics.expectTimes(ANSWER_TIME);
    EXPECTED.forEach(reason -> metrics.expect(CALLS, "outcome", "fallback", "reason", reason));
    this.underWay = underWay;
    this.agentsOn = settings.state(Feature.AGENT).on();
    this.timeout = settings.get(Catalogue.DIAL_TIMEOUT);
    this.sipSuffix =
        "@"
            + settings.get(Catalogue.RETELL_SIP_HOST)
            + ";transport="
            + settings.get(Catalogue.RETELL_SIP_TRANSPORT);
  }

  /** The TwiML for a call; never fails and always comes within {@code START_BUDGET}. */
  CompletionStage<String> connect(VoiceWebhook webhook) {
    long start = System.nanoTime();
    CompletionStage<String> answer;
    try {
      answer = answer(webhook);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedStage(e);
    }
    return underWay
        .watch(answer)
        .exceptionally(thrown -> afterFault(webhook, thrown, Optional.empty()))
        .whenComplete(
            (twiml, none) ->
                metrics.time(ANSWER_TIME, Duration.ofNanos(System.nanoTime() - start)));
  }

  private CompletionStage<String> answer(VoiceWebhook webhook) {
    Optional<CallSid> callSid = webhook.callSid();
    if (!agentsOn) {
      steps.arrived(webhook);
      return done(fallBack(webhook, "agent_off"));
    }
    Optional<Agent> agent = agents.of(webhook);
    if (agent.isEmpty()) {
      steps.arrived(webhook);
      return done(fallBack(webhook, "no_agent"));
    }
    if (callSid.isEmpty()) {
      return begin(webhook, agent.get()).thenApply(Answer::twiml);
    }
    Memory memory = started.answer(callSid.get(), agent.get(), () -> begin(webhook, agent.get()));
    if (memory.repeat()) {
      metrics.count("bridge.repeats", "what", "start");
      steps.askedAgain(webhook);
      LOGGER.log(
          INFO,
          "start repeated callSid={0} callId={1}: the first answer is given again",
          callSid.get(),
          calls.idOf(callSid.get()).map(Object::toString).orElse("-"));
    }
    return memory.answer().thenApply(Answer::twiml);
  }

  /** Asked for new calls only: what operators turn leaves a repeat of a webhook its answer. */
  private CompletionStage<Answer> begin(VoiceWebhook webhook, Agent agent) {
    steps.arrived(webhook);
    Optional<String> refusal = admission.refusal(webhook.callSid());
    return refusal.isPresent()
        ? CompletableFuture.completedStage(
            new Answer(
                fallBack(webhook, refusal.get(), INFO, ":", Optional.empty()), Optional.empty()))
        : register(webhook, agent);
  }

  private CompletionStage<Answer> register(VoiceWebhook webhook, Agent agent) {
    long begun = System.nanoTime();
    Trace trace = Trace.here();
    webhook.callSid().ifPresent(trace::callSid);
    return greeting
        .variables(webhook)
        .thenCompose(
            customer ->
                retell.register(
                    newCall(webhook, agent, customer), Duration.ofNanos(System.nanoTime() - begun)))
        .thenApply(
            registration -> {
              if (registration instanceof Registered registered) {
                trace.callId(registered.callId());
              }
              return answer(registration, webhook, agent, begun);
            })
        .exceptionally(
            thrown ->
                new Answer(afterFault(webhook, thrown, Optional.of(agent)), Optional.empty()));
  }

  private static NewCall newCall(VoiceWebhook webhook, Agent agent, Map<String, String> customer) {
    return new NewCall(
        agent, webhook.outbound(), webhook.from(), webhook.to(), CallContext.of(webhook), customer);
  }

  private Answer answer(Registration registration, VoiceWebhook webhook, Agent agent, long begun) {
    if (registration instanceof NotRegistered refused) {
      String why = " agent=" + agent + ": not registered, " + refused.failure().getMessage() + ";";
      return new Answer(
          fallBack(
              webhook,
              "retell_" + refused.failure().kind().label(),
              WARNING,
              why,
              Optional.of(agent)),
          Optional.empty());
    }
    Registered registered = (Registered) registration;
    LOGGER.log(
        INFO,
        "start callSid={0} callId={1} agent={2}: connecting to the agent",
        name(webhook),
        registered.callId(),
        agent);
    metrics.count(CALLS, "outcome", "agent", "reason", "none");
    steps.registered(
        webhook, registered.callId(), agent, Duration.ofNanos(System.nanoTime() - begun));
    remember(registered, webhook, agent);
    String uri = "sip:" + registered.callId() + sipSuffix;
    return new Answer(
        Twiml.response(twiml -> twiml.dialSip(Ladder.action(Ladder.AGENT), timeout, uri)),
        Optional.of(registered.callId()));
  }

  private void remember(Registered registered, VoiceWebhook webhook, Agent agent) {
    webhook
        .callSid()
        .ifPresent(
            sid ->
                calls.started(
                    sid,
                    registered.callId(),
                    agent.id(),
                    webhook.outbound(),
                    webhook.from().orElse(""),
                    webhook.to().orElse("")));
  }

  private String fallBack(VoiceWebhook webhook, String reason) {
    return fallBack(webhook, reason, WARNING, ":", Optional.empty());
  }

  /**
   * The first rung of the ladder.
   *
   * @param why what stands in the log between the call and what became of it
   * @param asked who was asked for at Retell, if it came to that
   */
  private String fallBack(
      VoiceWebhook webhook,
      String reason,
      System.Logger.Level level,
      String why,
      Optional<Agent> asked) {
    LOGGER.log(
        level,
        "start callSid={0} callId=-{1} fallback to {2}, reason {3}",
        name(webhook),
        why,
        ladder.nameAfter(Ladder.AGENT),
        reason);
    metrics.count(CALLS, "outcome", "fallback", "reason", reason);
    steps.fellBack(
        webhook, reason, ladder.nameAfter(Ladder.AGENT), ladder.stageAfter(Ladder.AGENT), asked);
    return ladder.after(Ladder.AGENT, webhook, reason);
  }

  private String afterFault(VoiceWebhook webhook, Throwable thrown, Optional<Agent> asked) {
    LOGGER.log(ERROR, "start callSid=" + name(webhook) + " callId=-: fault of the bridge", thrown);
    return fallBack(webhook, "fault", WARNING, ":", asked);
  }

  private static String name(VoiceWebhook webhook) {
    return webhook.callSid().map(CallSid::value).orElse("-");
  }

  private static CompletionStage<String> done(String twiml) {
    return CompletableFuture.completedStage(twiml);
  }
}
