package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.NamedAgent;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.AgentName;

/** The agents that the settings name, looked for at Retell. */
final class NamedAgents {
  private static final int BAD_REQUEST = 400;

  /** The first is in Retell's description of its API, the second is not. */
  private static final Set<Integer> NOT_FOUND = Set.of(422, 404);

  private final Settings settings;
  private final RetellReader retell;

  NamedAgents(Settings settings, RetellReader retell) {
    this.settings = settings;
    this.retell = retell;
  }

  /** One for each. */
  List<CompletionStage<AgentFound>> examine() {
    return NamedAgent.in(settings).stream().map(this::ask).toList();
  }

  /** What is said where the settings name no agent. */
  static Optional<Diagnosis> none(Settings settings) {
    return settings.find(RETELL_AGENT_ID).isPresent() || settings.find(RETELL_AGENTS).isPresent()
        ? Optional.empty()
        : Optional.of(
            Diagnosis.unknown(
                RETELL_AGENT_ID,
                "Neither it nor RETELL_AGENTS names an agent, so only calls whose webhook URL names"
                    + " an agent_id reach an agent; all others go down the fallback ladder.",
                "Set it to the agent's id from Retell's dashboard, unless every voice URL in Twilio"
                    + " names its agent_id."));
  }

  /** Settings have the form of an agent's id and version, so that nothing has to be encoded. */
  private CompletionStage<AgentFound> ask(NamedAgent agent) {
    AgentName asked = agent.asked();
    AgentReport report = new AgentReport(agent);
    return retell
        .get("/get-agent/" + asked.id() + (asked.newest() ? "" : "?version=" + version(asked)))
        .thenApply(body -> new AgentFound(agent, true, report.found(body)))
        .exceptionallyCompose(
            thrown ->
                notFound(report, thrown)
                    .thenApply(diagnoses -> new AgentFound(agent, false, diagnoses)));
  }

  /** That it takes more than a number for a version is not in Retell's description of its API. */
  private CompletionStage<List<Diagnosis>> notFound(AgentReport report, Throwable thrown) {
    AgentName asked = report.agent().asked();
    int status = status(thrown);
    if (NOT_FOUND.contains(status)) {
      return inAnyVersion(report, report::noSuchVersion);
    }
    return status == BAD_REQUEST && !asked.newest() && !NewCall.isNumber(version(asked))
        ? inAnyVersion(report, report::tagNotTaken)
        : CompletableFuture.completedStage(report.notTold(thrown));
  }

  private CompletionStage<List<Diagnosis>> inAnyVersion(
      AgentReport report, Supplier<List<Diagnosis>> there) {
    return retell
        .get("/get-agent/" + report.agent().asked().id())
        .thenApply(body -> there.get())
        .exceptionally(
            thrown ->
                NOT_FOUND.contains(status(thrown)) ? report.nowhere() : report.notTold(thrown));
  }

  private static String version(AgentName asked) {
    return asked.version().orElse("");
  }

  private static int status(Throwable thrown) {
    return VendorFailure.behind(RetellCalls.VENDOR, thrown).status();
  }
}
