package org.retellbridge.feature.calls;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.Caller;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.partner.retell.Agent;
import org.retellbridge.partner.twilio.VoiceWebhook;

/** Who has a call: the webhook's {@code agent_id}, the own number's agent, the default. */
@ApplicationScoped
public class AgentChoice {
  private static final String PARAMETER = "agent_id";

  private Map<String, String> byNumber = Map.of();
  private Optional<String> usual = Optional.empty();
  private String version;

  AgentChoice() {}

  @Inject
  AgentChoice(Settings settings) {
    byNumber = settings.find(RETELL_AGENTS).orElse(Map.of());
    usual = settings.find(RETELL_AGENT_ID);
    version = settings.get(RETELL_AGENT_VERSION);
  }

  /** Empty when nothing names an agent, or what names one is not an agent id. */
  Optional<Agent> of(VoiceWebhook webhook) {
    return webhook
        .inQuery(PARAMETER)
        .or(() -> webhook.inBody(PARAMETER))
        .or(() -> webhook.ownNumber().map(AgentChoice::number).map(byNumber::get))
        .or(() -> usual)
        .flatMap(Agent::parse)
        .map(agent -> agent.inVersion(version));
  }

  /** Of a SIP address that has a number for its user, the number. */
  private static String number(String address) {
    return Caller.numberInSip(address).map(PhoneNumber::value).orElse(address);
  }
}
