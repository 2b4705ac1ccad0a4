package org.retellbridge.feature.calls;

import org.retellbridge.foundation.webhooks.FakeRequest;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Twilio's voice webhooks. */
final class Webhooks {
  static final String SID = "CA0123456789abcdef0123456789abcdef";
  static final String CALLER = "%2B61400000001";
  static final String DIALLED = "%2B61255500000";

  private Webhooks() {}

  static VoiceWebhook of(String query, String form) {
    return VoiceWebhook.of(FakeRequest.post("/start").query(query).form(form).signed());
  }

  static VoiceWebhook inbound() {
    return of(null, "CallSid=" + SID + "&From=" + CALLER + "&To=" + DIALLED);
  }

  /** What comes to {@code /dial_ended}. */
  static VoiceWebhook ended(String query, String result) {
    return of(query, "CallSid=" + SID + "&From=" + CALLER + "&To=" + DIALLED + "&" + result);
  }
}
