package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.settings.Settings;

/** Looks at {@code RETELL_AGENT_VERSION} through what Retell said of the agents. */
final class AgentVersion {
  private AgentVersion() {}

  /**
   * What can be said of it; empty when the agents have shown already that it is wrong.
   *
   * @param found what was said of the agents
   */
  static Optional<Diagnosis> of(Settings settings, List<Diagnosis> found) {
    boolean told =
        found.stream().anyMatch(one -> RETELL_AGENT_VERSION.variable().equals(one.setting()));
    return told ? Optional.empty() : Optional.of(versionOf(settings, found));
  }

  private static Diagnosis versionOf(Settings settings, List<Diagnosis> found) {
    List<String> named = new ArrayList<>();
    settings.find(RETELL_AGENT_ID).ifPresent(named::add);
    settings.find(RETELL_AGENTS).ifPresent(numbers -> named.addAll(numbers.values()));
    String version = settings.get(RETELL_AGENT_VERSION);
    boolean counts = named.isEmpty() || named.stream().anyMatch(AgentVersion::unpinned);
    if (!counts) {
      return Diagnosis.ok(
          RETELL_AGENT_VERSION,
          "Each agent that the settings name has a version of its own, which counts instead.");
    }
    if (version.equals(Agent.NEWEST)) {
      return Diagnosis.unknown(
          RETELL_AGENT_VERSION,
          "It is latest, so an agent's unpublished draft may serve calls.",
          "Set it to a tag such as prod, or to latest_published.");
    }
    List<Agent> asked =
        named.stream()
            .filter(AgentVersion::unpinned)
            .map(text -> Agent.parse(text).orElseThrow().inVersion(version))
            .distinct()
            .toList();
    List<Agent> there = asked.stream().filter(agent -> isAmong(found, agent)).toList();
    if (there.isEmpty()) {
      return Diagnosis.unknown(
          RETELL_AGENT_VERSION,
          "It was not examined, because no agent was found that could have it.",
          "See to the agents first, then examine again.");
    }
    return Diagnosis.ok(
        RETELL_AGENT_VERSION,
        there.size() == asked.size()
            ? "Retell has each agent in version " + version + "."
            : "Retell has "
                + there.get(0).id()
                + " in version "
                + version
                + ", but not each agent.");
  }

  private static boolean isAmong(List<Diagnosis> found, Agent agent) {
    return found.stream()
        .anyMatch(
            one -> one.result() == Diagnosis.Result.OK && one.sentence().equals(hasAgent(agent)));
  }

  /** What is said of an agent that is there. */
  static String hasAgent(Agent agent) {
    return "Retell has agent " + agent + ".";
  }

  private static boolean unpinned(String agent) {
    return Agent.parse(agent).orElseThrow().version().isEmpty();
  }
}
