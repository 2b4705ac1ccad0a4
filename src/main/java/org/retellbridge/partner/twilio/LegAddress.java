package org.retellbridge.partner.twilio;

import java.util.Optional;
import org.retellbridge.foundation.settings.OwnPaths;
import org.retellbridge.foundation.telephony.CallFields;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * Where Twilio reports that a leg of a call is over. It tells whose leg that was: Twilio itself
 * does not know.
 *
 * @param rung of the fallback ladder, {@link #AGENT} for the agent's leg; {@link #UNKNOWN} when the
 *     address does not say
 * @param transfer whether the agent asked for the leg
 * @param call the one that the caller made, where the leg is not the caller's own
 */
public record LegAddress(int rung, boolean transfer, Optional<CallSid> call) {
  /** The agent's own leg, before the first rung. */
  public static final int AGENT = 0;

  public static final int UNKNOWN = Integer.MAX_VALUE;

  /** The agent's own, or that of its transfer, after which the first rung follows. */
  public static final LegAddress OF_AGENT = new LegAddress(AGENT, false, Optional.empty());

  public static final LegAddress OF_TRANSFER = new LegAddress(AGENT, true, Optional.empty());

  private static final String LEG = "leg";
  private static final String TRANSFER = "transfer";
  private static final String CALL = "call";

  /** What the address of a request tells. */
  public static LegAddress read(VoiceWebhook webhook) {
    String rung = webhook.inQuery(CallFields.RUNG).orElse("");
    return new LegAddress(
        rung.matches("[0-9]{1,3}") ? Integer.parseInt(rung) : UNKNOWN,
        webhook.inQuery(LEG).filter(TRANSFER::equals).isPresent(),
        webhook.inQuery(CALL).flatMap(CallSid::parse));
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
        + call.map(sid -> "&" + CALL + "=" + sid).orElse("");
  }
}
