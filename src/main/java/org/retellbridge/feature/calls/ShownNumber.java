package org.retellbridge.feature.calls;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.SMS_FROM_NUMBER;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.partner.twilio.VoiceWebhook;

/**
 * What the telephone of a person shows who is called instead of the agent. Twilio takes the
 * caller's number, the dialled one and the account's, and wants one of them for a client (13214).
 *
 * @param own the company's numbers, as far as settings name them
 */
record ShownNumber(List<PhoneNumber> own) {

  static ShownNumber of(Settings settings) {
    List<PhoneNumber> own = new ArrayList<>();
    own.addAll(settings.find(RETELL_AGENTS).orElse(Map.of()).keySet());
    settings.find(SMS_FROM_NUMBER).flatMap(PhoneNumber::parse).ifPresent(own::add);
    return new ShownNumber(List.copyOf(own));
  }

  /** Empty for a caller who has a number, which is shown then, and when none is known. */
  Optional<PhoneNumber> insteadOfTheCallers(VoiceWebhook webhook) {
    if (webhook.from().flatMap(Caller::parse).filter(Caller.Phone.class::isInstance).isPresent()) {
      return Optional.empty();
    }
    Optional<PhoneNumber> bySip = webhook.to().flatMap(Caller::numberInSip);
    return webhook
        .to()
        .flatMap(PhoneNumber::parse)
        .or(() -> bySip.filter(own::contains))
        .or(() -> own.stream().findFirst())
        .or(() -> bySip);
  }
}
