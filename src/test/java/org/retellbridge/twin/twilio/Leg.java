package org.retellbridge.twin.twilio;

import java.util.Optional;

/**
 * One dialled noun.
 *
 * @param noun {@code Sip}, {@code Number}, {@code Application}, {@code Client}
 * @param target the address as it stands in the TwiML; the SID of an application
 * @param sipCode SIP response code, 0 for other nouns
 * @param party who answered, empty where nobody did
 */
public record Leg(
    String callSid,
    String noun,
    String target,
    LegOutcome outcome,
    int sipCode,
    Optional<Party> party) {

  static Leg unanswered(String callSid, Tag noun, String target, LegOutcome outcome, int sipCode) {
    return new Leg(callSid, noun.name(), target, outcome, sipCode, Optional.empty());
  }

  static Leg answered(String callSid, Tag noun, String target, int sipCode, Party party) {
    return new Leg(callSid, noun.name(), target, LegOutcome.ANSWERED, sipCode, Optional.of(party));
  }
}
