package org.retellbridge.foundation.settings;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retellbridge.foundation.telephony.AgentName;

/**
 * An agent that the settings name.
 *
 * @param setting which of them does
 * @param name as it stands there
 * @param asked as it is asked for: in {@code RETELL_AGENT_VERSION} when it names no version itself
 */
public record NamedAgent(Setting<?> setting, AgentName name, AgentName asked) {

  /** All of them, each once a setting. */
  public static List<NamedAgent> in(Settings settings) {
    String usual = settings.get(RETELL_AGENT_VERSION);
    List<NamedAgent> agents = new ArrayList<>();
    settings.find(RETELL_AGENT_ID).ifPresent(it -> agents.add(of(RETELL_AGENT_ID, it, usual)));
    settings.find(RETELL_AGENTS).orElse(Map.of()).values().stream()
        .distinct()
        .forEach(it -> agents.add(of(RETELL_AGENTS, it, usual)));
    return agents;
  }

  private static NamedAgent of(Setting<?> setting, AgentName name, String usual) {
    return new NamedAgent(setting, name, name.inVersion(usual));
  }

  /** Whether {@code RETELL_AGENT_VERSION} counts for it, and not a version of its own. */
  public boolean inUsualVersion() {
    return name.version().isEmpty();
  }
}
