package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Masked;

/**
 * What is known of a call.
 *
 * @param callSid Twilio's name of it; empty for a call that this bridge did not start
 * @param outbound whether Twilio or Retell placed it, so that {@code to} is the customer
 * @param from the caller as Twilio or Retell wrote it; empty text when withheld or unknown
 * @param to the number called; empty text when unknown
 * @param ended when it was over, if it is
 * @param reason why it was over, in Retell's word
 * @param analysis what {@code call_analyzed} said, as the feature stored it; empty when the record
 *     comes from memory
 */
public record CallRecord(
    CallId callId,
    Optional<CallSid> callSid,
    String agentId,
    boolean outbound,
    String from,
    String to,
    Instant started,
    Optional<Instant> ended,
    Optional<String> reason,
    Optional<String> analysis) {

  static CallRecord started(
      CallSid sid, CallId id, String agent, boolean outbound, String from, String to, Instant at) {
    return new CallRecord(
        id,
        Optional.of(sid),
        agent,
        outbound,
        from == null ? "" : from,
        to == null ? "" : to,
        at,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  CallRecord between(Step.Numbers who) {
    return new CallRecord(
        callId,
        callSid,
        agentId,
        who.outbound(),
        who.from(),
        who.to(),
        started,
        ended,
        reason,
        analysis);
  }

  /** An event that tells less takes nothing back of what another one told. */
  CallRecord ended(CallNews news) {
    return new CallRecord(
        callId,
        callSid,
        agentId,
        outbound,
        from,
        to,
        started,
        news.told() || ended.isEmpty() ? Optional.of(news.at()) : ended,
        news.reason().isEmpty() ? reason : Optional.of(news.reason()),
        analysis);
  }

  @Override
  public String toString() {
    return callId + " from " + Masked.of(from) + " to " + Masked.of(to);
  }
}
