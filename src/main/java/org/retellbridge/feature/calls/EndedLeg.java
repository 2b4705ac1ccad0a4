package org.retellbridge.feature.calls;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.LegAddress;
import org.retellbridge.partner.twilio.LegReport;
import org.retellbridge.partner.twilio.VoiceWebhook;

/**
 * A leg that has ended, and what that means for the call.
 *
 * @param webhook all that Twilio tells of it
 * @param address whose leg it was
 * @param report how it ended
 */
record EndedLeg(VoiceWebhook webhook, LegAddress address, LegReport report) {
  static final String HANDED_OVER = "handed_over";
  static final List<String> KINDS = List.of("agent", "fallback", "transfer");

  /** The bridge's own result, for a leg whose end is no failure of whoever was called. */
  private static final String CALLER_GONE = "caller_gone";

  /** And for an agent that took the call and broke off at once: nobody talked. */
  private static final String DROPPED = "dropped";

  /** And for a flow that could not take the call. */
  static final String FLOW_FAILED = "flow_failed";

  /** And for a leg of which Twilio does not say how it ended. */
  private static final String MISSING = "missing";

  /** An agent that wants to hang up has said something by then. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  /** Twilio's words and our own. */
  static final List<String> RESULTS =
      Stream.concat(
              Stream.of(CALLER_GONE, DROPPED, HANDED_OVER, FLOW_FAILED, MISSING),
              LegReport.WORDS.stream())
          .toList();

  static EndedLeg of(VoiceWebhook webhook) {
    return new EndedLeg(webhook, LegAddress.read(webhook), LegReport.of(webhook));
  }

  /** Of the ladder, {@link LegAddress#AGENT} for the agent. */
  int rung() {
    return address.rung();
  }

  /** Whose leg it was; the agent's alone shows whether Retell takes what it registered. */
  String kind() {
    if (address.transfer()) {
      return "transfer";
    }
    return rung() == LegAddress.AGENT ? "agent" : "fallback";
  }

  /**
   * The call that the caller made, as far as the request says: a flow stands on a leg of that call,
   * and so does all that follows when it sends the call back.
   */
  Optional<CallSid> call() {
    return address.call().or(() -> sentBack() ? webhook.firstLeg() : webhook.callSid());
  }

  /** Its own CallSid, which Twilio need not tell. */
  Optional<CallSid> sid() {
    return report.leg();
  }

  /**
   * Whether this may be the agent's own leg of a call that it handed over: its end must neither
   * start the ladder nor be taken for the call's. Whether Twilio reports the end of one that it
   * moved is not known.
   */
  boolean takenAndLeft() {
    return agents() && !report.neverTaken() && !report.callOver();
  }

  /** Whether nothing is to follow. */
  boolean over() {
    return !dropped() && (report.done() || report.bridged() || report.callOver());
  }

  /** A caller who does not wait, or a talk that breaks off, is no failure to take the call. */
  String counted() {
    if (dropped()) {
      return DROPPED;
    }
    if (report.done()) {
      return word();
    }
    if (report.bridged()) {
      return "completed";
    }
    return report.callOver() ? CALLER_GONE : word();
  }

  /** Why the next rung has the call. */
  String why() {
    return dropped() ? DROPPED : word();
  }

  /** The result, in a form that may go into logs, metrics and markup. */
  String word() {
    return report.word().orElse(sentBack() ? FLOW_FAILED : MISSING);
  }

  String rungName() {
    return rung() == LegAddress.UNKNOWN ? "?" : Integer.toString(rung());
  }

  private boolean agents() {
    return rung() == LegAddress.AGENT && !address.transfer();
  }

  /** A flow asks itself, while its own leg goes on: of none does it say how it ended. */
  private boolean sentBack() {
    return report.result().isEmpty()
        && !agents()
        && (address.call().isPresent() || webhook.find("ParentCallSid").isPresent());
  }

  /**
   * Retell's SIP side answers a call before its agent is ready, and hangs up when it never is: to
   * Twilio that is a short talk. Somebody whom the user had called is left alone: a machine may
   * have answered, of which the agent knows.
   */
  private boolean dropped() {
    return agents()
        && (report.done() || report.bridged())
        && report.lasted().filter(it -> it.compareTo(AT_ONCE) <= 0).isPresent()
        && !report.callOver()
        && !webhook.outbound();
  }
}
