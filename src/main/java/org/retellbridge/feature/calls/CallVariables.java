package org.retellbridge.feature.calls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallFields;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** What travels with a call to Retell, and comes back in its functions and events. */
final class CallVariables {
  private CallVariables() {}

  /** The call's metadata: what Twilio said, as it said it. */
  static Map<String, String> metadata(VoiceWebhook webhook) {
    Map<String, String> said = new LinkedHashMap<>();
    all(webhook, webhook.from(), webhook.to(), forwarder(webhook))
        .forEach((name, value) -> value.ifPresent(text -> said.put(name, text)));
    return said;
  }

  /**
   * The same as dynamic variables, all of them: a prompt would hold the name of one that is not
   * there. A withheld number is empty, because nobody is to read it out or call it back.
   */
  static Map<String, String> variables(VoiceWebhook webhook) {
    Map<String, String> texts = new LinkedHashMap<>();
    all(webhook, shown(webhook.from()), shown(webhook.to()), shown(forwarder(webhook)))
        .forEach((name, value) -> texts.put(name, value.orElse("")));
    return texts;
  }

  /** Twilio sends either, or both, as the network of whoever forwards tells it. */
  private static Optional<String> forwarder(VoiceWebhook webhook) {
    return webhook.find("ForwardedFrom").or(() -> webhook.find("CalledVia"));
  }

  /** An address unless it is withheld. */
  static Optional<String> shown(Optional<String> address) {
    return address.filter(text -> !Caller.absent(text));
  }

  /**
   * The original's three fields, and what else Twilio knows of the caller; of a call that a flow
   * sent here on a leg of its own also the caller's.
   */
  private static Map<String, Optional<String>> all(
      VoiceWebhook webhook, Optional<String> from, Optional<String> to, Optional<String> by) {
    Map<String, Optional<String>> all = new LinkedHashMap<>();
    all.put(CallFields.CALL_SID, webhook.callSid().map(CallSid::value));
    all.put(
        CallFields.ORIGINAL_CALL_SID,
        webhook
            .firstLeg()
            .filter(first -> webhook.callSid().filter(first::equals).isEmpty())
            .map(CallSid::value));
    all.put("from_number", from);
    all.put("to_number", to);
    all.put("caller_name", webhook.find("CallerName"));
    all.put("forwarded_from", by);
    all.put("stir_verstat", webhook.find("StirVerstat"));
    return all;
  }
}
