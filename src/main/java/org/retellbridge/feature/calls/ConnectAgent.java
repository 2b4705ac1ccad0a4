package org.retellbridge.feature.calls;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.feature.calls.StartedCalls.Answer;
import org.retellbridge.foundation.ledger.Calls;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.traces.Trace;
import org.retellbridge.foundation.webhooks.AnswerFirst;
import org.retellbridge.partner.retell.NewCall;
import org.retellbridge.partner.retell.Registration;
import org.retellbridge.partner.retell.Registration.NotRegistered;
import org.retellbridge.partner.retell.Registration.Registered;
import org.retellbridge.partner.retell.RetellCalls;
import org.retellbridge.partner.twilio.LegAddress;
import org.retellbridge.partner.twilio.Twiml;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Registers a call with Retell and has Twilio dial its agent. */
@Dependent
final class ConnectAgent {
  private static final System.Logger LOGGER = System.getLogger(ConnectAgent.class.getName());

  private static final String CALLS = "bridge.calls";

  private final Greeting greeting;
  private final RetellCalls retell;
  private final Calls calls;
  private final CallSteps steps;
  private final FallBack fallBack;
  private final Metrics metrics;
  private final Duration timeout;
  private final String sipSuffix;

  @Inject
  ConnectAgent(
      Greeting greeting,
      RetellCalls retell,
      Calls calls,
      CallSteps steps,
      FallBack fallBack,
      Metrics metrics,
      Settings settings) {
    this.greeting = greeting;
    this.retell = retell;
    this.calls = calls;
    this.steps = steps;
    this.fallBack = fallBack;
    this.metrics = metrics;
    metrics.expect(CALLS, "outcome", "agent", "reason", "none");
    this.timeout = settings.get(Catalogue.DIAL_TIMEOUT);
    this.sipSuffix =
        "@"
            + settings.get(Catalogue.RETELL_SIP_HOST)
            + ";transport="
            + settings.get(Catalogue.RETELL_SIP_TRANSPORT);
  }

  /** The way to the agent, or the fallback ladder where that fails. */
  CompletionStage<Answer> answer(VoiceWebhook webhook, AgentName agent) {
    long begun = System.nanoTime();
    Trace trace = Trace.here();
    webhook.callSid().ifPresent(trace::callSid);
    CompletionStage<Answer> answer =
        customer(webhook)
            .thenCompose(
                customer ->
                    retell.register(
                        newCall(webhook, agent, customer), Duration.ofNanos(since(begun))))
            .thenApply(
                registration -> {
                  if (registration instanceof Registered registered) {
                    trace.callId(registered.callId());
                  }
                  return answer(registration, webhook, agent);
                })
            .exceptionally(
                thrown -> Answer.ladder(fallBack.afterFault(webhook, thrown, Optional.of(agent))));
    return AnswerFirst.then(
        answer,
        it -> {
          // Before the leg can be over: of two steps the later one says where a call is.
          it.callId()
              .ifPresent(
                  callId ->
                      steps.registered(webhook, callId, agent, Duration.ofNanos(since(begun))));
          return () -> it.callId().ifPresent(callId -> report(webhook, callId, agent));
        });
  }

  /** Nobody waits to learn whom an agent would greet that is not to be had. */
  private CompletionStage<Map<String, String>> customer(VoiceWebhook webhook) {
    return retell.refuses()
        ? CompletableFuture.completedStage(greeting.unknown())
        : greeting.variables(webhook);
  }

  private static NewCall newCall(
      VoiceWebhook webhook, AgentName agent, Map<String, String> customer) {
    Map<String, String> variables = new LinkedHashMap<>(customer);
    variables.putAll(CallVariables.variables(webhook));
    return new NewCall(
        agent,
        webhook.outbound(),
        CallVariables.shown(webhook.from()),
        CallVariables.shown(webhook.to()),
        CallVariables.metadata(webhook),
        variables);
  }

  private Answer answer(Registration registration, VoiceWebhook webhook, AgentName agent) {
    if (registration instanceof NotRegistered refused) {
      return Answer.ladder(fallBack.notRegistered(webhook, agent, refused.failure()));
    }
    CallId callId = ((Registered) registration).callId();
    metrics.count(CALLS, "outcome", "agent", "reason", "none");
    remember(callId, webhook, agent);
    String uri = "sip:" + callId + sipSuffix;
    return Answer.agent(
        Twiml.response(
            twiml ->
                twiml.dialSip(LegAddress.ofAgent(webhook.namedCallee()).relative(), timeout, uri)),
        callId);
  }

  private static void report(VoiceWebhook webhook, CallId callId, AgentName agent) {
    LOGGER.log(
        INFO,
        () ->
            "start callSid="
                + webhook.callSid().map(CallSid::value).orElse("-")
                + " callId="
                + callId
                + " agent="
                + agent
                + ": connecting to the agent");
  }

  private void remember(CallId callId, VoiceWebhook webhook, AgentName agent) {
    webhook
        .callSid()
        .ifPresent(
            sid ->
                calls.started(
                    sid,
                    callId,
                    agent.id(),
                    webhook.outbound(),
                    webhook.from().orElse(""),
                    webhook.to().orElse("")));
  }

  private static long since(long begun) {
    return System.nanoTime() - begun;
  }
}
