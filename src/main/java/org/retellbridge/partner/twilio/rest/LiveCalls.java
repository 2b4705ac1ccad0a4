package org.retellbridge.partner.twilio.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.twilio.rest.api.v2010.account.Call;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.telephony.CallSid;

/** Takes live calls elsewhere. */
@ApplicationScoped
public class LiveCalls {
  /** Error 32018. Whether Twilio counts characters or bytes is unknown, so both are kept. */
  private static final int LONGEST = 4_000;

  /** The call is not in progress; Twilio knows no such call (any more). */
  private static final Set<Integer> OVER = Set.of(21220, 20404, 404);

  private TwilioRest twilio;

  LiveCalls() {}

  @Inject
  LiveCalls(TwilioRest twilio) {
    this.twilio = twilio;
  }

  /** What came of moving a call. */
  public sealed interface Move {
    /** The call follows the new TwiML. */
    record Moved() implements Move {}

    /** There is no live call any more. */
    record CallOver() implements Move {}

    /** It was not to be moved any more, and Twilio was not asked, or not again. */
    record Withdrawn() implements Move {}

    /** Twilio said no. */
    record Refused(String trace, String sentence) implements Move {}
  }

  /** Whether Twilio takes this much TwiML for a live call. */
  public static boolean fits(String twiml) {
    return twiml.length() <= LONGEST && twiml.getBytes(UTF_8).length <= LONGEST;
  }

  /**
   * Gives the call new TwiML, in which no address may be relative: Twilio would resolve it against
   * its own API. Asked twice, the call ends up at the same place.
   *
   * @param still whether the call is still to be moved, looked at before each attempt
   */
  public CompletionStage<Move> move(CallSid callSid, String twiml, BooleanSupplier still) {
    if (!fits(twiml)) {
      throw new IllegalArgumentException("more than " + LONGEST + " characters of TwiML");
    }
    return twilio
        .ask(
            "a move of call " + callSid,
            Repeat.IF_HARMLESS,
            client ->
                still.getAsBoolean()
                    ? Call.updater(callSid.value()).setTwiml(twiml).update(client)
                    : null)
        .thenApply(LiveCalls::move);
  }

  private static Move move(TwilioReply<Call> reply) {
    if (reply instanceof TwilioReply.Done<Call> done) {
      return done.resource() == null ? new Move.Withdrawn() : new Move.Moved();
    }
    TwilioReply.Refused<Call> refused = (TwilioReply.Refused<Call>) reply;
    return OVER.contains(refused.code())
        ? new Move.CallOver()
        : new Move.Refused(
            refused.trace(),
            Refusals.sentence(
                refused.code(), "The telephone system did not let the call be transferred."));
  }
}
