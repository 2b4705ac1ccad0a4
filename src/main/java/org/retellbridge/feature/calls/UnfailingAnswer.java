package org.retellbridge.feature.calls;

import java.util.List;
import java.util.function.Supplier;
import org.retellbridge.foundation.problems.FaultLog;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** TwiML whatever breaks on the way to it: of anything else Twilio tells the caller in English. */
final class UnfailingAnswer {
  /** Why the agent does not have a call, where the bridge itself is to blame. */
  static final String FAULT = "fault";

  private UnfailingAnswer() {}

  /**
   * The first of these answers that can be had; operators learn of those that cannot.
   *
   * @param what was asked for, for the log
   * @param ways the last one must need nobody
   */
  static String of(
      System.Logger logger, String what, VoiceWebhook webhook, List<Supplier<String>> ways) {
    for (Supplier<String> way : ways.subList(0, ways.size() - 1)) {
      try {
        return way.get();
      } catch (RuntimeException | Error e) {
        tell(logger, what, webhook, e);
      }
    }
    return ways.get(ways.size() - 1).get();
  }

  static void tell(System.Logger logger, String what, VoiceWebhook webhook, Throwable fault) {
    String callSid = webhook.callSid().map(CallSid::value).orElse("-");
    FaultLog.tell(logger, what + " callSid=" + callSid + " callId=-: fault of the bridge", fault);
  }
}
