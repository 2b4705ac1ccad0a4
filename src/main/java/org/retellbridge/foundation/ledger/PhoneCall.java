package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * A telephone call as operators see it; the agent's part of it may be one of several.
 *
 * @param key Twilio's CallSid, or Retell's {@code call_id} for a call that did not come by Twilio
 * @param callId of the newest agent's part
 * @param agentId of the newest agent, or of the one that was asked for and could not have it; empty
 *     text while there was none
 * @param outbound false also when nobody told it, as of a web call
 * @param from masked
 * @param to masked
 * @param reason why it is where it is, in a word; empty text for the usual course
 */
public record PhoneCall(
    String key,
    Optional<CallId> callId,
    String agentId,
    boolean outbound,
    String from,
    String to,
    Stage stage,
    String reason,
    Instant started,
    Instant changed,
    Optional<Instant> ended) {

  /** After which a call of which nothing more was heard is no longer taken for a live one. */
  public static final Duration LONGEST = Duration.ofHours(4);

  /** Empty for a call of Retell's own. */
  public Optional<CallSid> callSid() {
    return CallSid.parse(key);
  }

  /** Where a call is. */
  public enum Stage {
    /** Twilio asked what to do with it. */
    ARRIVED,
    /** With the agent, or ringing there. */
    AGENT,
    /** On the fallback ladder. */
    FALLBACK,
    /** The agent handed it over. */
    PERSON,
    /** At an address of somebody else, which asks Twilio for what follows: its end is not told. */
    LEFT,
    /** Ended, as far as the bridge was told. */
    OVER;

    static Stage parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** In the ledger and on the page. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
