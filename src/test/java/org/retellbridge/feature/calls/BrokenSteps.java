package org.retellbridge.feature.calls;

import java.time.Duration;
import java.util.Optional;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** A journal that cannot be had. */
final class BrokenSteps extends CallSteps {
  @Override
  void arrived(VoiceWebhook webhook) {
    fault();
  }

  @Override
  void registered(VoiceWebhook webhook, CallId callId, AgentName agent, Duration took) {
    fault();
  }

  @Override
  void fellBack(
      VoiceWebhook webhook,
      String reason,
      String rung,
      PhoneCall.Stage stage,
      Optional<AgentName> asked) {
    fault();
  }

  @Override
  void ended(EndedLeg leg) {
    fault();
  }

  @Override
  void wentOn(EndedLeg leg, String next, PhoneCall.Stage stage) {
    fault();
  }

  @Override
  void handedOver(EndedLeg leg) {
    fault();
  }

  private static void fault() {
    throw new NoClassDefFoundError("a class that the WAR lacks");
  }
}
