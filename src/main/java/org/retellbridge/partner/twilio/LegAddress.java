package org.retellbridge.partner.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Optional;
import org.retellbridge.foundation.settings.OwnPaths;
import org.retellbridge.foundation.telephony.CallFields;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

/**
 * Where Twilio reports that a leg of a call is over. It tells whose leg that was: Twilio itself
 * does not know.
 *
 * @param rung of the fallback ladder, {@link #AGENT} for the agent's leg; {@link #UNKNOWN} when the
 *     address does not say
 * @param transfer whether the agent asked for the leg
 * @param call the one that the caller made, where the leg is not the caller's own
 * @param callee whom an outbound call is about, where Twilio's words do not tell: on a leg of it on
 *     which a flow stood
 */
public record LegAddress(
    int rung, boolean transfer, Optional<CallSid> call, Optional<Caller> callee) {
  /** The agent's own leg, before the first rung. */
  public static final int AGENT = 0;

  public static final int UNKNOWN = Integer.MAX_VALUE;

  private static final String LEG = "leg";
  private static final String TRANSFER = "transfer";
  private static final String CALL = "call";

  /** The agent's own, after which the first rung follows. */
  public static LegAddress ofAgent(Optional<Caller> callee) {
    return new LegAddress(AGENT, false, Optional.empty(), callee);
  }

  /** That of the agent's transfer, after which the first rung follows as well. */
  public static LegAddress ofTransfer(Optional<Caller> callee) {
    return new LegAddress(AGENT, true, Optional.empty(), callee);
  }

  /** What the address of a request tells. */
  public static LegAddress read(VoiceWebhook webhook) {
    String rung = webhook.inQuery(CallFields.RUNG).orElse("");
    return new LegAddress(
        rung.matches("[0-9]{1,3}") ? Integer.parseInt(rung) : UNKNOWN,
        webhook.inQuery(LEG).filter(TRANSFER::equals).isPresent(),
        webhook.inQuery(CALL).flatMap(CallSid::parse),
        webhook.namedCallee());
  }

  /** Relative, so any prefix of a proxy stays. */
  public String relative() {
    return OwnPaths.DIAL_ENDED.substring(1) + query();
  }

  /**
   * Absolute, for TwiML that is given to the REST API: it comes from no address of ours, and Twilio
   * would resolve a relative one against its own.
   *
   * @param base the bridge's own address
   */
  public String below(String base) {
    return base + OwnPaths.DIAL_ENDED + query();
  }

  private String query() {
    return "?"
        + CallFields.RUNG
        + "="
        + rung
        + (transfer ? "&" + LEG + "=" + TRANSFER : "")
        + call.map(sid -> "&" + CALL + "=" + sid).orElse("")
        + callee
            .map(it -> "&" + CallFields.CALLER + "=" + URLEncoder.encode(it.address(), UTF_8))
            .orElse("");
  }
}
