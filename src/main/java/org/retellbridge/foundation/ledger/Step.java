package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * A step of a call on its way into the journal.
 *
 * @param id {@link StepId}
 * @param name empty text for what is no step of its own, but known of the call all the same
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
  private static final String NEXT = "\t";
  private static final String END = "\n";
  private static final Pattern SPACE = Pattern.compile("\\s");

  /** Who called whom, as Twilio wrote it. */
  record Numbers(boolean outbound, String from, String to) {
    static final Numbers UNKNOWN = new Numbers(false, "", "");
  }

  /** Where a call is now, and with whom. */
  record Place(PhoneCall.Stage stage, String reason, Optional<CallId> callId, String agentId) {
    /** How the reason begins where a leg did not do what it was to do. */
    static final String LEG_FAILED = "leg_";

    static Place of(PhoneCall.Stage stage, String reason) {
      return new Place(stage, reason, Optional.empty(), "");
    }

    /**
     * Whoever had the call before is remembered until somebody else has it. A call that is over
     * because a leg failed stays so: the leg on which all others stood ends after them.
     */
    Place after(Place former) {
      boolean failed =
          stage == PhoneCall.Stage.OVER
              && former.stage == stage
              && former.reason.startsWith(LEG_FAILED);
      return new Place(
          stage,
          failed ? former.reason : reason,
          callId.or(() -> former.callId),
          agentId.isEmpty() ? former.agentId : agentId);
    }
  }

  /** The step as a line of its call's course; {@link #read} is the way back. */
  String line() {
    if (name.isEmpty()) {
      return "";
    }
    StringBuilder line = new StringBuilder(160);
    line.append(id).append(NEXT).append(name).append(NEXT);
    line.append(took.map(Duration::toMillis).orElse(StepRows.NONE));
    facts.forEach(
        (name, fact) ->
            line.append(NEXT).append(name).append('=').append(SPACE.matcher(fact).replaceAll(" ")));
    if (line.length() > LONGEST) {
      line.setLength(LONGEST);
    }
    return line.append(END).toString();
  }

  /** The steps of a course. A line that was cut off tells nothing, one that came twice the same. */
  static List<Moment> read(String course) {
    Map<String, Moment> steps = new LinkedHashMap<>();
    int begin = 0;
    for (int end = course.indexOf(END); end >= 0; end = course.indexOf(END, begin)) {
      String[] parts = course.substring(begin, end).split(NEXT);
      steps.computeIfAbsent(parts[0], id -> moment(parts));
      begin = end + 1;
    }
    return new ArrayList<>(steps.values());
  }

  private static Moment moment(String[] parts) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 3; i < parts.length; i++) {
      String[] fact = parts[i].split("=", 2);
      if (fact.length == 2) {
        facts.put(fact[0], fact[1]);
      }
    }
    long at = StepId.millis(Long.parseLong(parts[0]));
    return MomentRows.moment(Moment.Kind.STEP, parts[1], Long.parseLong(parts[2]), at, facts);
  }
}
