package org.retellbridge.feature.calls;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.foundation.ledger.Calls;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.telephony.CallHandedOver;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.Twiml;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Decides what follows a leg: the end after a conversation, else the next rung. */
@ApplicationScoped
public class EndLeg {
  private static final System.Logger LOGGER = System.getLogger(EndLeg.class.getName());

  private static final String LEGS = "bridge.legs.ended";
  private static final String TRANSFER = "transfer";

  /** A conversation took place, or the call is in other hands already. */
  private static final Set<String> DONE =
      Set.of(
          "completed",
          "answered",
          "bridged",
          "hangup",
          "redirected",
          "redirected-from-bridged",
          "bridging-in-process");

  /** An agent who handed the call over had taken it: such a leg is a later agent's. */
  private static final Set<String> NEVER_TAKEN = Set.of("busy", "no-answer", "failed");

  /** The bridge's own results, for legs whose end is no failure of whoever was called. */
  private static final String CALLER_GONE = "caller_gone";

  private static final String HANDED_OVER = "handed_over";

  /** Twilio's words ({@code DialCallStatus}, {@code QueueResult}), its silence, and our own. */
  private static final List<String> EXPECTED =
      List.of(
          CALLER_GONE,
          HANDED_OVER,
          "completed",
          "answered",
          "busy",
          "no_answer",
          "failed",
          "canceled",
          "bridged",
          "bridging_in_process",
          "error",
          "hangup",
          "leave",
          "redirected",
          "redirected_from_bridged",
          "queue_full",
          "system_error",
          "missing");

  private Ladder ladder;
  private StartedCalls started;
  private CallSteps steps;
  private Calls calls;
  private Metrics metrics;

  EndLeg() {}

  @Inject
  EndLeg(Ladder ladder, StartedCalls started, CallSteps steps, Calls calls, Metrics metrics) {
    this.ladder = ladder;
    this.started = started;
    this.steps = steps;
    this.calls = calls;
    this.metrics = metrics;
    for (String leg : List.of("agent", "fallback", TRANSFER)) {
      EXPECTED.forEach(result -> metrics.expect(LEGS, "leg", leg, "result", result));
    }
  }

  String next(VoiceWebhook webhook) {
    webhook.callSid().ifPresent(started::forget);
    int rung = rung(webhook);
    String result =
        webhook.find("DialCallStatus").or(() -> webhook.find("QueueResult")).orElse("missing");
    Optional<String> handedOver = handedOver(webhook, rung, result);
    metrics.count(
        LEGS,
        "leg",
        leg(webhook, rung),
        "result",
        handedOver.isPresent() ? HANDED_OVER : counted(webhook, result));
    return handedOver.orElseGet(() -> after(webhook, rung, result));
  }

  /** The answer for a leg whose agent handed the call over: nobody's talk ends with it. */
  private Optional<String> handedOver(VoiceWebhook webhook, int rung, String result) {
    if (rung != Ladder.AGENT || !takenAndLeft(webhook, result)) {
      return Optional.empty();
    }
    return webhook
        .callSid()
        .flatMap(started::handover)
        .flatMap(handover -> handedOver(webhook, handover, result));
  }

  private Optional<String> handedOver(
      VoiceWebhook webhook, CallHandedOver handover, String result) {
    Optional<CallSid> leg = webhook.find("DialCallSid").flatMap(CallSid::parse);
    return switch (handover.legEnds(leg)) {
      case TAKES_THE_CALL -> {
        steps.handedOver(webhook, text(Ladder.AGENT), known(result));
        log(INFO, webhook, Ladder.AGENT, result, "the call goes where the agent meant it to");
        yield Optional.of(handover.twiml());
      }
      case TOOK_THE_CALL -> {
        log(INFO, webhook, Ladder.AGENT, result, "reported again");
        yield Optional.of(handover.twiml());
      }
      case LEFT_BEHIND -> {
        log(INFO, webhook, Ladder.AGENT, result, "the agent handed the call over");
        yield Optional.of(Twiml.response(twiml -> {}));
      }
      case ENDS_THE_TALK -> Optional.empty();
    };
  }

  private String after(VoiceWebhook webhook, int rung, String result) {
    if (over(webhook, result)) {
      steps.ended(webhook, text(rung), known(result));
      log(INFO, webhook, rung, result, "hanging up");
      return Twiml.response(Twiml::hangup);
    }
    String next = ladder.nameAfter(rung);
    log(WARNING, webhook, rung, result, "next is " + next);
    steps.wentOn(webhook, text(rung), known(result), next, ladder.stageAfter(rung));
    return ladder.after(rung, webhook, "leg_" + known(result));
  }

  private void log(
      System.Logger.Level level, VoiceWebhook webhook, int rung, String result, String then) {
    LOGGER.log(
        level,
        "dial_ended callSid={0} callId={1} rung={2}: {3}, {4}",
        webhook.callSid().map(CallSid::value).orElse("-"),
        webhook.callSid().flatMap(calls::idOf).map(Object::toString).orElse("-"),
        text(rung),
        known(result),
        then);
  }

  /**
   * Whether this may be the agent's own leg of a call that it handed over: its end must neither
   * start the ladder nor be taken for the call's. Whether Twilio reports the end of one that it
   * moved is not known.
   */
  private static boolean takenAndLeft(VoiceWebhook webhook, String result) {
    return !transfer(webhook)
        && (talked(webhook) || !NEVER_TAKEN.contains(result))
        && !callerGone(webhook);
  }

  /** Whose leg it was; the agent's alone shows whether Retell takes what it registered. */
  private static String leg(VoiceWebhook webhook, int rung) {
    if (transfer(webhook)) {
      return TRANSFER;
    }
    return rung == Ladder.AGENT ? "agent" : "fallback";
  }

  private static boolean transfer(VoiceWebhook webhook) {
    return webhook.inQuery("leg").filter(TRANSFER::equals).isPresent();
  }

  private static boolean callerGone(VoiceWebhook webhook) {
    return webhook.find("CallStatus").filter("completed"::equals).isPresent();
  }

  private static boolean talked(VoiceWebhook webhook) {
    return webhook.find("DialBridged").map("true"::equalsIgnoreCase).orElse(false);
  }

  private static boolean over(VoiceWebhook webhook, String result) {
    return DONE.contains(result) || talked(webhook) || callerGone(webhook);
  }

  /** A caller who does not wait, or a talk that breaks off, is no failure to take the call. */
  private static String counted(VoiceWebhook webhook, String result) {
    if (DONE.contains(result)) {
      return known(result);
    }
    if (talked(webhook)) {
      return "completed";
    }
    return callerGone(webhook) ? CALLER_GONE : known(result);
  }

  private static int rung(VoiceWebhook webhook) {
    String text = webhook.inQuery("rung").orElse("");
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  private static String text(int rung) {
    return rung == Integer.MAX_VALUE ? "?" : Integer.toString(rung);
  }

  /** Twilio's word if it has the form of one: it goes into logs, metrics and markup. */
  private static String known(String result) {
    return result.matches("[a-z-]{1,30}") ? result.replace('-', '_') : "unknown";
  }
}
