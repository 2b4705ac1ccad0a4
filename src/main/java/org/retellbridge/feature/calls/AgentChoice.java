package org.retellbridge.feature.calls;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Who has a call: the webhook's {@code agent_id}, the own number's agent, the default. */
@ApplicationScoped
public class AgentChoice {
  private static final String PARAMETER = "agent_id";

  private Map<PhoneNumber, AgentName> byNumber = Map.of();
  private Optional<AgentName> usual = Optional.empty();
  private String version;

  AgentChoice() {}

  @Inject
  AgentChoice(Settings settings) {
    byNumber = settings.find(RETELL_AGENTS).orElse(Map.of());
    usual = settings.find(RETELL_AGENT_ID);
    version = settings.get(RETELL_AGENT_VERSION);
  }

  /** Empty when nothing names an agent, or what names one is not an agent id. */
  Optional<AgentName> of(VoiceWebhook webhook) {
    Optional<String> asked = webhook.inQuery(PARAMETER).or(() -> webhook.inBody(PARAMETER));
    Optional<AgentName> agent =
        asked.isPresent() ? asked.flatMap(AgentName::parse) : ofNumber(webhook).or(() -> usual);
    return agent.map(name -> name.inVersion(version));
  }

  private Optional<AgentName> ofNumber(VoiceWebhook webhook) {
    return webhook.ownNumber().flatMap(AgentChoice::number).map(byNumber::get);
  }

  /** Of a SIP address that has a number for its user, the number. */
  private static Optional<PhoneNumber> number(String address) {
    return Caller.numberInSip(address).or(() -> PhoneNumber.parse(address));
  }
}
