package org.retellbridge.foundation.settings;

import static org.retellbridge.foundation.settings.Catalogue.PUBLIC_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;
import static org.retellbridge.foundation.settings.Catalogue.TRUST_FORWARDED_HEADERS;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_APPLICATION_SID;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.retellbridge.foundation.telephony.AgentName;

/** Settings that are right one by one and still likely to hurt. */
final class Advice {
  private Advice() {}

  static List<String> of(Settings settings) {
    List<String> advice = new ArrayList<>();
    advice.addAll(drafts(settings));
    if (unset(settings, RETELL_AGENT_ID) && unset(settings, RETELL_AGENTS)) {
      advice.add(
          "RETELL_AGENT_ID (retell.agent.id): neither it nor RETELL_AGENTS is set, so only calls"
              + " with ?agent_id= in the webhook URL reach an agent, and all others go down the"
              + " fallback ladder; set it to the agent's id from Retell's dashboard");
    }
    if (unset(settings, PUBLIC_BASE_URL) && !settings.get(TRUST_FORWARDED_HEADERS)) {
      advice.add(
          "PUBLIC_BASE_URL (public.base.url): not set, so signatures are checked against the URL"
              + " that this server sees; behind a proxy set it, or TRUST_FORWARDED_HEADERS=true");
    }
    proxy(System::getProperty).ifPresent(advice::add);
    return advice;
  }

  /**
   * Java's own client takes such a proxy, and what asks Retell and Segment does not.
   *
   * @param properties the system properties
   */
  static Optional<String> proxy(UnaryOperator<String> properties) {
    String host = properties.apply("https.proxyHost");
    return host == null || host.isBlank()
        ? Optional.empty()
        : Optional.of(
            "https.proxyHost (system property): calls are registered with Retell, and callers"
                + " looked up at Segment, past this proxy, which Java uses for Twilio's REST API;"
                + " let the bridge through to both");
  }

  /** Who sees a feature that is on must not think that calls reach an agent. */
  static Optional<String> withoutAgent(Settings settings) {
    return settings.find(RETELL_AGENT_ID).isEmpty() && settings.find(RETELL_AGENTS).isEmpty()
        ? Optional.of(
            "only calls whose webhook URL names an agent_id; set RETELL_AGENT_ID, or RETELL_AGENTS")
        : Optional.empty();
  }

  /** The agent's tool may name a destination of its own, so it is no reason to switch it off. */
  static Optional<String> withoutDestination(Settings settings) {
    return settings.find(TWILIO_APPLICATION_SID).isEmpty()
        ? Optional.of(
            "only functions whose URL names an applicationSid or a workflowSid; set"
                + " TWILIO_APPLICATION_SID for the others")
        : Optional.empty();
  }

  /** A wrong value has a line of its own already, which says what is wrong with it. */
  private static boolean unset(Settings settings, Setting<?> setting) {
    return settings.find(setting).isEmpty()
        && settings.findings().stream().noneMatch(finding -> finding.setting() == setting);
  }

  /** An agent's own {@code @latest} counts before RETELL_AGENT_VERSION. */
  private static List<String> drafts(Settings settings) {
    List<NamedAgent> agents = NamedAgent.in(settings);
    List<String> advice = new ArrayList<>();
    if (AgentName.isNewest(settings.get(RETELL_AGENT_VERSION))
        && (agents.isEmpty() || agents.stream().anyMatch(NamedAgent::inUsualVersion))) {
      advice.add(
          "RETELL_AGENT_VERSION (retell.agent.version): not pinned, so calls may be served by an"
              + " unpublished draft; set a tag such as prod, or a published version's number");
    }
    agents.stream()
        .filter(agent -> agent.name().newest())
        .map(
            agent ->
                agent.setting().variable()
                    + " ("
                    + agent.setting().key()
                    + "): "
                    + agent.name()
                    + " may be served by an unpublished draft, whatever RETELL_AGENT_VERSION says;"
                    + " write a tag such as prod, or a published version's number, after the"
                    + " @, or take @latest away")
        .forEach(advice::add);
    return advice;
  }
}
