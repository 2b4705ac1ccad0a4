package org.retellbridge.feature.calls;

import java.util.Optional;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.twilio.LegAddress;
import org.retellbridge.partner.twilio.VoiceWebhook;

/**
 * A call that has come down to a rung of the ladder.
 *
 * @param rung the rung's number, from 1; Twilio and a flow name it when they come back
 * @param webhook the request that the rung is the answer to
 * @param call the one that the caller made; the request may come from a leg of it, on which a flow
 *     stood
 * @param reason why the agent does not have it
 */
record Fallen(int rung, VoiceWebhook webhook, Optional<CallSid> call, String reason) {
  /**
   * Where Twilio reports that the rung is over. On another leg than the caller's own it says whose
   * call that is, and of an outbound call whom it is about: Twilio tells only whose leg.
   */
  String action() {
    return new LegAddress(rung, false, onAnotherLeg(), webhook.namedCallee()).relative();
  }

  /** The caller's own leg, by which people find the whole call. */
  Optional<CallSid> original() {
    return onAnotherLeg().or(webhook::firstLeg);
  }

  /** Whom the call is about; empty when the number is withheld. */
  Optional<Caller> caller() {
    return webhook.caller().flatMap(Caller::parse);
  }

  private Optional<CallSid> onAnotherLeg() {
    return call.filter(known -> !webhook.callSid().equals(call));
  }
}
