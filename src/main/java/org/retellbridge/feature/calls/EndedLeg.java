package org.retellbridge.feature.calls;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.LegAddress;
import org.retellbridge.partner.twilio.VoiceWebhook;

/**
 * What Twilio tells of a leg that has ended.
 *
 * @param webhook all of it
 * @param address whose leg it was
 * @param result Twilio's word for how it ended
 */
record EndedLeg(VoiceWebhook webhook, LegAddress address, String result) {
  static final String HANDED_OVER = "handed_over";
  static final List<String> KINDS = List.of("agent", "fallback", "transfer");

  /** The bridge's own result, for a leg whose end is no failure of whoever was called. */
  private static final String CALLER_GONE = "caller_gone";

  /** And for an agent that took the call and broke off at once: nobody talked. */
  private static final String DROPPED = "dropped";

  /** And for a flow that could not take the call. */
  static final String FLOW_FAILED = "flow_failed";

  private static final String MISSING = "missing";

  /** In seconds; an agent that wants to hang up has said something by then. */
  private static final int AT_ONCE = 2;

  /**
   * {@code CallStatus} of a call that is over. One whose caller hung up before anybody took it is
   * not "completed": it was never answered.
   */
  private static final Set<String> FINAL =
      Set.of("completed", "busy", "failed", "no-answer", "canceled");

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
          DROPPED,
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
          FLOW_FAILED,
          MISSING);

  static EndedLeg of(VoiceWebhook webhook) {
    return new EndedLeg(
        webhook,
        LegAddress.read(webhook),
        webhook.find("DialCallStatus").or(() -> webhook.find("QueueResult")).orElse(MISSING));
  }

  /** Whose leg it was; the agent's alone shows whether Retell takes what it registered. */
  String kind() {
    if (transfer()) {
      return "transfer";
    }
    return rung() == LegAddress.AGENT ? "agent" : "fallback";
  }

  /**
   * The call that the caller made, as far as the request says: a flow stands on a leg of that call,
   * and so does all that follows when it sends the call back.
   */
  Optional<CallSid> call() {
    return original().or(() -> sentBack() ? webhook.firstLeg() : webhook.callSid());
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
    return rung() == LegAddress.AGENT
        && !transfer()
        && (talked() || !NEVER_TAKEN.contains(result))
        && !callerGone();
  }

  /** Whether nothing is to follow. */
  boolean over() {
    return !dropped() && (DONE.contains(result) || talked() || callerGone());
  }

  /** A caller who does not wait, or a talk that breaks off, is no failure to take the call. */
  String counted() {
    if (dropped()) {
      return DROPPED;
    }
    if (DONE.contains(result)) {
      return word();
    }
    if (talked()) {
      return "completed";
    }
    return callerGone() ? CALLER_GONE : word();
  }

  /** Why the next rung has the call. */
  String why() {
    return dropped() ? DROPPED : word();
  }

  /** The result if it has the form of one: it goes into logs, metrics and markup. */
  String word() {
    if (sentBack()) {
      return FLOW_FAILED;
    }
    return result.matches("[a-z-]{1,30}") ? result.replace('-', '_') : "unknown";
  }

  String rungName() {
    return rung() == LegAddress.UNKNOWN ? "?" : Integer.toString(rung());
  }

  /** Of the ladder, {@link LegAddress#AGENT} for the agent. */
  int rung() {
    return address.rung();
  }

  private boolean transfer() {
    return address.transfer();
  }

  /** A flow asks itself, while its own leg goes on: of none does it say how it ended. */
  private boolean sentBack() {
    return result.equals(MISSING)
        && (transfer() || rung() != LegAddress.AGENT)
        && (original().isPresent() || webhook.find("ParentCallSid").isPresent());
  }

  private Optional<CallSid> original() {
    return address.call();
  }

  private boolean callerGone() {
    return webhook.find("CallStatus").filter(FINAL::contains).isPresent();
  }

  /**
   * Retell's SIP side answers a call before its agent is ready, and hangs up when it never is: to
   * Twilio that is a short talk. Somebody whom the user had called is left alone: a machine may
   * have answered, of which the agent knows.
   */
  private boolean dropped() {
    return rung() == LegAddress.AGENT
        && !transfer()
        && (DONE.contains(result) || talked())
        && endedAtOnce()
        && !callerGone()
        && !webhook.outbound();
  }

  private boolean endedAtOnce() {
    return webhook
        .find("DialCallDuration")
        .filter(seconds -> seconds.matches("[0-9]{1,9}"))
        .filter(seconds -> Integer.parseInt(seconds) <= AT_ONCE)
        .isPresent();
  }

  private boolean talked() {
    return webhook.find("DialBridged").map("true"::equalsIgnoreCase).orElse(false);
  }
}
