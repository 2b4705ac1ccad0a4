package org.retellbridge.feature.calls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.retellbridge.foundation.ledger.Journal;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Writes into the journal what became of a call; a request without a CallSid leaves no trace. */
@ApplicationScoped
public class CallSteps {
  private Journal journal;

  CallSteps() {}

  @Inject
  CallSteps(Journal journal) {
    this.journal = journal;
  }

  void arrived(VoiceWebhook webhook) {
    webhook
        .callSid()
        .ifPresent(
            sid ->
                journal.arrived(
                    sid, webhook.outbound(), webhook.from().orElse(""), webhook.to().orElse("")));
  }

  void askedAgain(VoiceWebhook webhook) {
    webhook.callSid().ifPresent(journal::askedAgain);
  }

  void registered(VoiceWebhook webhook, CallId callId, AgentName agent, Duration took) {
    webhook.callSid().ifPresent(sid -> journal.registered(sid, callId, agent.id(), took));
  }

  /**
   * The agent cannot have it.
   *
   * @param asked who was asked for at Retell, if it came to that
   */
  void fellBack(
      VoiceWebhook webhook,
      String reason,
      String rung,
      PhoneCall.Stage stage,
      Optional<AgentName> asked) {
    webhook
        .callSid()
        .ifPresent(
            sid ->
                asked.ifPresentOrElse(
                    agent ->
                        journal.refused(sid, reason, rung, stage, agent.id(), agent.toString()),
                    () -> journal.fellBack(sid, reason, rung, stage)));
  }

  void ended(EndedLeg leg) {
    leg.call().ifPresent(sid -> journal.ended(sid, leg.rungName(), leg.word()));
  }

  void wentOn(EndedLeg leg, String next, PhoneCall.Stage stage) {
    leg.call().ifPresent(sid -> journal.wentOn(sid, leg.rungName(), leg.why(), next, stage));
  }

  /** The end of the agent's leg takes the call where the agent meant it to go. */
  void handedOver(EndedLeg leg) {
    leg.call()
        .ifPresent(
            sid -> {
              journal.wentOn(sid, leg.rungName(), leg.word(), "transfer", PhoneCall.Stage.PERSON);
              journal.handedOver(sid);
            });
  }
}
