package org.retellbridge.feature.calls;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.VoiceWebhook;

/**
 * What Twilio tells of a leg that has ended.
 *
 * @param webhook all of it
 * @param rung of the ladder, {@link Ladder#AGENT} for the agent; {@link Integer#MAX_VALUE} when the
 *     address does not say
 * @param result Twilio's word for how it ended
 */
record EndedLeg(VoiceWebhook webhook, int rung, String result) {
  static final String HANDED_OVER = "handed_over";
  static final List<String> KINDS = List.of("agent", "fallback", "transfer");

  private static final String TRANSFER = "transfer";

  /** The bridge's own result, for a leg whose end is no failure of whoever was called. */
  private static final String CALLER_GONE = "caller_gone";

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

  /** Twilio's words ({@code DialCallStatus}, {@code QueueResult}), its silence, and our own. */
  static final List<String> RESULTS =
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

  static EndedLeg of(VoiceWebhook webhook) {
    String rung = webhook.inQuery("rung").orElse("");
    return new EndedLeg(
        webhook,
        rung.matches("[0-9]{1,3}") ? Integer.parseInt(rung) : Integer.MAX_VALUE,
        webhook.find("DialCallStatus").or(() -> webhook.find("QueueResult")).orElse("missing"));
  }

  /** Whose leg it was; the agent's alone shows whether Retell takes what it registered. */
  String kind() {
    if (transfer()) {
      return TRANSFER;
    }
    return rung == Ladder.AGENT ? "agent" : "fallback";
  }

  /** Its own CallSid, which Twilio need not tell. */
  Optional<CallSid> sid() {
    return webhook.find("DialCallSid").flatMap(CallSid::parse);
  }

  /**
   * Whether this may be the agent's own leg of a call that it handed over: its end must neither
   * start the ladder nor be taken for the call's. Whether Twilio reports the end of one that it
   * moved is not known.
   */
  boolean takenAndLeft() {
    return rung == Ladder.AGENT
        && !transfer()
        && (talked() || !NEVER_TAKEN.contains(result))
        && !callerGone();
  }

  /** Whether nothing is to follow. */
  boolean over() {
    return DONE.contains(result) || talked() || callerGone();
  }

  /** A caller who does not wait, or a talk that breaks off, is no failure to take the call. */
  String counted() {
    if (DONE.contains(result)) {
      return word();
    }
    if (talked()) {
      return "completed";
    }
    return callerGone() ? CALLER_GONE : word();
  }

  /** The result if it has the form of one: it goes into logs, metrics and markup. */
  String word() {
    return result.matches("[a-z-]{1,30}") ? result.replace('-', '_') : "unknown";
  }

  String rungName() {
    return rung == Integer.MAX_VALUE ? "?" : Integer.toString(rung);
  }

  private boolean transfer() {
    return webhook.inQuery("leg").filter(TRANSFER::equals).isPresent();
  }

  private boolean callerGone() {
    return webhook.find("CallStatus").filter("completed"::equals).isPresent();
  }

  private boolean talked() {
    return webhook.find("DialBridged").map("true"::equalsIgnoreCase).orElse(false);
  }
}
