package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;

import java.util.List;
import java.util.Optional;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.AgentName;

/** Looks at {@code RETELL_AGENT_VERSION} through what Retell said of the agents. */
final class AgentVersion {
  private AgentVersion() {}

  /**
   * What can be said of it; empty when the agents have shown already that it is wrong.
   *
   * @param found what was said of each agent that the settings name
   */
  static Optional<Diagnosis> of(Settings settings, List<AgentFound> found) {
    boolean told =
        found.stream()
            .flatMap(one -> one.diagnoses().stream())
            .anyMatch(diagnosis -> RETELL_AGENT_VERSION.variable().equals(diagnosis.setting()));
    return told
        ? Optional.empty()
        : Optional.of(versionOf(settings.get(RETELL_AGENT_VERSION), found));
  }

  private static Diagnosis versionOf(String version, List<AgentFound> found) {
    List<AgentFound> inIt = found.stream().filter(one -> one.agent().inUsualVersion()).toList();
    if (inIt.isEmpty() && !found.isEmpty()) {
      return Diagnosis.ok(
          RETELL_AGENT_VERSION,
          "Each agent that the settings name has a version of its own, which counts instead.");
    }
    if (AgentName.isNewest(version)) {
      return Diagnosis.unknown(
          RETELL_AGENT_VERSION,
          "It is latest, so an agent's unpublished draft may serve calls.",
          "Set it to a tag such as prod, or to a published version's number.");
    }
    Optional<AgentFound> there = inIt.stream().filter(AgentFound::there).findFirst();
    if (there.isEmpty()) {
      return Diagnosis.unknown(
          RETELL_AGENT_VERSION,
          "It was not examined, because no agent was found in it.",
          "See to the agents first, then examine again.");
    }
    return Diagnosis.ok(
        RETELL_AGENT_VERSION,
        inIt.stream().allMatch(AgentFound::there)
            ? "Retell has each agent in version " + version + "."
            : "Retell has "
                + there.get().agent().name()
                + " in version "
                + version
                + ", but not each agent.");
  }
}
