package org.retellbridge.partner.twilio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * How a leg has ended, in Twilio's words (twilio.com/docs/voice/twiml/dial and enqueue, {@code
 * action}). Each may be absent.
 *
 * @param result {@code DialCallStatus}, or {@code QueueResult}
 * @param bridged whether somebody talked, {@code DialBridged}
 * @param lasted {@code DialCallDuration}
 * @param callOver whether the call itself is over, {@code CallStatus}
 * @param leg its own CallSid
 */
public record LegReport(
    Optional<String> result,
    boolean bridged,
    Optional<Duration> lasted,
    boolean callOver,
    Optional<CallSid> leg) {
  /** The words of results, as {@link #word} writes them. */
  public static final List<String> WORDS =
      List.of(
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
          "system_error");

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

  private static final Set<String> NEVER_TAKEN = Set.of("busy", "no-answer", "failed");

  public static LegReport of(VoiceWebhook webhook) {
    return new LegReport(
        webhook.find("DialCallStatus").or(() -> webhook.find("QueueResult")),
        webhook.find("DialBridged").map("true"::equalsIgnoreCase).orElse(false),
        webhook
            .find("DialCallDuration")
            .filter(seconds -> seconds.matches("[0-9]{1,9}"))
            .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds))),
        webhook.find("CallStatus").filter(FINAL::contains).isPresent(),
        webhook.find("DialCallSid").flatMap(CallSid::parse));
  }

  /** Whether the result is that of a leg after which nothing need follow. */
  public boolean done() {
    return result.filter(DONE::contains).isPresent();
  }

  /** Whether nobody took the leg: who hands a call over had taken it. */
  public boolean neverTaken() {
    return !bridged && result.filter(NEVER_TAKEN::contains).isPresent();
  }

  /** The result if it has the form of one, as it may stand in logs, metrics and markup. */
  public Optional<String> word() {
    return result.map(text -> text.matches("[a-z-]{1,30}") ? text.replace('-', '_') : "unknown");
  }
}
