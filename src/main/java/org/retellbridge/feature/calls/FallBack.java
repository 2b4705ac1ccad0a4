package org.retellbridge.feature.calls;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.LegAddress;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Leads a new call to the ladder's first rung, and tells operators why no agent has it. */
@Dependent
final class FallBack {
  private static final System.Logger LOGGER = System.getLogger(FallBack.class.getName());

  private static final String CALLS = "bridge.calls";
  private static final List<String> BEFORE_RETELL =
      List.of("agent_off", "drain", "hours", "share", "no_agent");

  private final Ladder ladder;
  private final CallSteps steps;
  private final Metrics metrics;

  @Inject
  FallBack(Ladder ladder, CallSteps steps, Metrics metrics) {
    this.ladder = ladder;
    this.steps = steps;
    this.metrics = metrics;
    Stream.concat(
            BEFORE_RETELL.stream(), Stream.of(VendorFailure.Kind.values()).map(FallBack::reason))
        .forEach(reason -> metrics.expect(CALLS, "outcome", "fallback", "reason", reason));
  }

  /** A fault is the bridge's own, wherever it happened. */
  private static String reason(VendorFailure.Kind kind) {
    return kind == VendorFailure.Kind.FAULT ? UnfailingAnswer.FAULT : "retell_" + kind.label();
  }

  /** The settings name no agent for it ({@code agent_off}, {@code no_agent}). */
  String withoutAgent(VoiceWebhook webhook, String reason) {
    return firstRung(webhook, reason, WARNING, ":", Optional.empty());
  }

  /** Operators want it so ({@link Admission#refusal}). */
  String turnedAway(VoiceWebhook webhook, String reason) {
    return firstRung(webhook, reason, INFO, ":", Optional.empty());
  }

  /** Retell did not take it. */
  String notRegistered(VoiceWebhook webhook, AgentName agent, VendorFailure failure) {
    return firstRung(
        webhook,
        reason(failure.kind()),
        WARNING,
        " agent=" + agent + ": not registered, " + failure.getMessage() + ";",
        Optional.of(agent));
  }

  /**
   * The bridge itself failed; this does not.
   *
   * @param asked who was asked for at Retell, if it came to that
   */
  String afterFault(VoiceWebhook webhook, Throwable thrown, Optional<AgentName> asked) {
    UnfailingAnswer.tell(LOGGER, "start", webhook, thrown);
    return UnfailingAnswer.of(
        LOGGER,
        "start",
        webhook,
        List.of(
            () -> firstRung(webhook, UnfailingAnswer.FAULT, WARNING, ":", asked),
            () -> ladder.after(Ladder.AGENT, webhook, UnfailingAnswer.FAULT),
            () -> ladder.after(LegAddress.UNKNOWN, webhook, UnfailingAnswer.FAULT)));
  }

  /**
   * @param why what stands in the log between the call and what became of it
   */
  private String firstRung(
      VoiceWebhook webhook,
      String reason,
      System.Logger.Level level,
      String why,
      Optional<AgentName> asked) {
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

  private static String name(VoiceWebhook webhook) {
    return webhook.callSid().map(CallSid::value).orElse("-");
  }
}
