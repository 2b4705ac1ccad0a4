package org.retellbridge.feature.calls;

import java.util.LinkedHashMap;
import java.util.Map;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** What travels with a call to Retell, and comes back in its functions and events. */
final class CallContext {
  private CallContext() {}

  /**
   * The original's three fields, and what else Twilio knows of the caller; of a call that a flow
   * sent here on a leg of its own also the caller's.
   */
  static Map<String, String> of(VoiceWebhook webhook) {
    Map<String, String> context = new LinkedHashMap<>();
    webhook.callSid().ifPresent(sid -> context.put("twilio_call_sid", sid.value()));
    webhook
        .firstLeg()
        .filter(first -> webhook.callSid().filter(first::equals).isEmpty())
        .ifPresent(first -> context.put("original_call_sid", first.value()));
    webhook.from().ifPresent(address -> context.put("from_number", address));
    webhook.to().ifPresent(address -> context.put("to_number", address));
    webhook.find("CallerName").ifPresent(name -> context.put("caller_name", name));
    webhook.find("ForwardedFrom").ifPresent(address -> context.put("forwarded_from", address));
    webhook.find("StirVerstat").ifPresent(verdict -> context.put("stir_verstat", verdict));
    return context;
  }
}
