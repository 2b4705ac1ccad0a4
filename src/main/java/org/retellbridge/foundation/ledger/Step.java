package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * A step of a call on its way into the journal.
 *
 * @param id {@link StepId}
 * @param numbers who called whom, for the first step
 * @param leads to where the call is now; empty when the step changes nothing
 */
record Step(
    long id,
    CallSid call,
    String name,
    Map<String, String> facts,
    Optional<Duration> took,
    Instant at,
    Optional<Numbers> numbers,
    Optional<Place> leads) {
  private static final int LONGEST = 600;

  /** Who called whom, as Twilio wrote it. */
  record Numbers(boolean outbound, String from, String to) {}

  /** Where a call is now, and with whom. */
  record Place(PhoneCall.Stage stage, String reason, Optional<CallId> callId, String agentId) {
    static Place of(PhoneCall.Stage stage, String reason) {
      return new Place(stage, reason, Optional.empty(), "");
    }
  }

  /** The facts as text; {@link #read} is the way back. */
  String factsText() {
    String text =
        facts.entrySet().stream()
            .map(fact -> fact.getKey() + "=" + fact.getValue().replace('\n', ' '))
            .collect(Collectors.joining("\n"));
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  static Map<String, String> read(String text) {
    return text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .collect(
            Collectors.toMap(
                parts -> parts[0],
                parts -> parts[1],
                (first, second) -> first,
                java.util.LinkedHashMap::new));
  }
}
