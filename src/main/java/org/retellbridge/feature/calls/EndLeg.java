package org.retellbridge.feature.calls;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.retellbridge.foundation.ledger.Calls;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.HandoverOutcome.LegEnd;
import org.retellbridge.partner.twilio.HandoverWish;
import org.retellbridge.partner.twilio.LegAddress;
import org.retellbridge.partner.twilio.Twiml;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Decides what follows a leg: the end after a conversation, else the next rung. */
@ApplicationScoped
public class EndLeg {
  private static final System.Logger LOGGER = System.getLogger(EndLeg.class.getName());

  private static final String LEGS = "bridge.legs.ended";

  private Ladder ladder;
  private StartedCalls started;
  private Handovers handovers;
  private CallSteps steps;
  private Calls calls;
  private Metrics metrics;

  EndLeg() {}

  @Inject
  EndLeg(
      Ladder ladder,
      StartedCalls started,
      Handovers handovers,
      CallSteps steps,
      Calls calls,
      Metrics metrics) {
    this.ladder = ladder;
    this.started = started;
    this.handovers = handovers;
    this.steps = steps;
    this.calls = calls;
    this.metrics = metrics;
    for (String kind : EndedLeg.KINDS) {
      EndedLeg.RESULTS.forEach(result -> metrics.expect(LEGS, "leg", kind, "result", result));
    }
  }

  /** The TwiML for what follows; never fails. */
  String next(VoiceWebhook webhook) {
    return UnfailingAnswer.of(
        LOGGER,
        "dial_ended",
        webhook,
        List.of(
            () -> next(EndedLeg.of(webhook)),
            () -> afterFault(EndedLeg.of(webhook)),
            () -> ladder.after(LegAddress.UNKNOWN, webhook, UnfailingAnswer.FAULT)));
  }

  private String next(EndedLeg leg) {
    leg.webhook().callSid().ifPresent(started::forget);
    Optional<String> handedOver = handedOver(leg);
    metrics.count(
        LEGS,
        "leg",
        leg.kind(),
        "result",
        handedOver.isPresent() ? EndedLeg.HANDED_OVER : leg.counted());
    return handedOver.orElseGet(() -> after(leg));
  }

  /** The same with nothing counted, logged or written down. */
  private String afterFault(EndedLeg leg) {
    return wish(leg)
        .flatMap(wish -> twiml(wish.outcome().legEnds(leg.sid()), wish))
        .orElseGet(
            () ->
                leg.over()
                    ? Twiml.response(Twiml::hangup)
                    : ladder.after(leg.rung(), leg.webhook(), leg.call(), UnfailingAnswer.FAULT));
  }

  /** The answer for a leg whose agent handed the call over: nobody's talk ends with it. */
  private Optional<String> handedOver(EndedLeg leg) {
    return wish(leg).flatMap(wish -> handedOver(leg, wish));
  }

  private Optional<HandoverWish> wish(EndedLeg leg) {
    return leg.webhook().callSid().filter(sid -> leg.takenAndLeft()).flatMap(handovers::of);
  }

  private Optional<String> handedOver(EndedLeg leg, HandoverWish wish) {
    LegEnd end = wish.outcome().legEnds(leg.sid());
    switch (end) {
      case TAKES_THE_CALL -> {
        steps.handedOver(leg);
        log(INFO, leg, "the call goes where the agent meant it to");
      }
      case TOOK_THE_CALL -> log(INFO, leg, "reported again");
      case LEFT_BEHIND -> log(INFO, leg, "the agent handed the call over");
      case ENDS_THE_TALK -> {}
    }
    return twiml(end, wish);
  }

  private static Optional<String> twiml(LegEnd end, HandoverWish wish) {
    return switch (end) {
      case TAKES_THE_CALL, TOOK_THE_CALL -> Optional.of(wish.twiml());
      case LEFT_BEHIND -> Optional.of(Twiml.response(twiml -> {}));
      case ENDS_THE_TALK -> Optional.empty();
    };
  }

  private String after(EndedLeg leg) {
    if (leg.over()) {
      steps.ended(leg);
      log(INFO, leg, "hanging up");
      return Twiml.response(Twiml::hangup);
    }
    String next = ladder.nameAfter(leg.rung());
    log(WARNING, leg, (leg.why().equals(leg.word()) ? "" : leg.why() + ", ") + "next is " + next);
    steps.wentOn(leg, next, ladder.stageAfter(leg.rung()));
    return ladder.after(leg.rung(), leg.webhook(), leg.call(), "leg_" + leg.why());
  }

  private void log(System.Logger.Level level, EndedLeg leg, String then) {
    Optional<CallSid> callSid = leg.call();
    LOGGER.log(
        level,
        "dial_ended callSid={0} callId={1} rung={2}: {3}, {4}",
        callSid.map(CallSid::value).orElse("-"),
        callSid.flatMap(calls::idOf).map(Object::toString).orElse("-"),
        leg.rungName(),
        leg.word(),
        then);
  }
}
