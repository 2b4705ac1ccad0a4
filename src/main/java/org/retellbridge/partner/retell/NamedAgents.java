package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/** The agents that the settings name, looked for at Retell. */
final class NamedAgents {
  private static final int NOT_FOUND = 404;

  private final Settings settings;
  private final RetellReader retell;

  NamedAgents(Settings settings, RetellReader retell) {
    this.settings = settings;
    this.retell = retell;
  }

  /** One for each agent, or that there is none. */
  List<CompletionStage<Diagnosis>> examine() {
    List<CompletionStage<Diagnosis>> agents = new ArrayList<>();
    Optional<String> usual = settings.find(RETELL_AGENT_ID);
    usual.ifPresent(id -> agents.add(agent(RETELL_AGENT_ID, id)));
    Map<String, String> byNumber = settings.find(RETELL_AGENTS).orElse(Map.of());
    byNumber.values().stream().distinct().forEach(id -> agents.add(agent(RETELL_AGENTS, id)));
    none(settings).ifPresent(one -> agents.add(CompletableFuture.completedStage(one)));
    return agents;
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
  private CompletionStage<Diagnosis> agent(Setting<?> setting, String text) {
    Agent agent = Agent.parse(text).orElseThrow().inVersion(settings.get(RETELL_AGENT_VERSION));
    String version = agent.version().orElseThrow();
    return retell
        .get("/get-agent/" + agent.id() + "?version=" + version)
        .thenApply(body -> found(setting, agent, body))
        .exceptionallyCompose(
            thrown ->
                notFound(thrown)
                    ? whichIsWrong(setting, agent)
                    : CompletableFuture.completedStage(notTold(setting, agent, thrown)));
  }

  private static Diagnosis found(Setting<?> setting, Agent agent, String body) {
    JsonObject json =
        JsonText.parseObject(body == null ? "" : body).orElse(JsonValue.EMPTY_JSON_OBJECT);
    boolean draft = JsonValue.FALSE.equals(json.get("is_published"));
    if (agent.version().filter(Agent.NEWEST::equals).isPresent()) {
      return new Diagnosis(
          setting.variable(),
          Diagnosis.Result.OK,
          "Retell has agent " + agent + (draft ? ", and its latest version is a draft." : "."),
          "Set RETELL_AGENT_VERSION to a number or a tag, so that nobody's draft takes calls.");
    }
    return Diagnosis.ok(setting, AgentVersion.hasAgent(agent));
  }

  /** Asks for the agent in any version. */
  private CompletionStage<Diagnosis> whichIsWrong(Setting<?> setting, Agent agent) {
    return retell
        .get("/get-agent/" + agent.id())
        .thenApply(body -> noVersion(setting, agent))
        .exceptionally(
            thrown ->
                notFound(thrown)
                    ? Diagnosis.wrong(
                        setting,
                        "Retell has no agent " + agent.id() + " in this key's workspace.",
                        "Copy the agent id from Retell's dashboard, or use its workspace's key.")
                    : notTold(setting, agent, thrown));
  }

  private Diagnosis noVersion(Setting<?> setting, Agent agent) {
    boolean bearsIt =
        setting == RETELL_AGENTS
            || settings.find(RETELL_AGENT_ID).filter(agent.toString()::equals).isPresent();
    return Diagnosis.wrong(
        bearsIt ? setting : RETELL_AGENT_VERSION,
        "Retell has agent "
            + agent.id()
            + ", but no version "
            + agent.version().orElse("")
            + " of it.",
        "Set a version number, an environment tag or latest_published that exists.");
  }

  private static Diagnosis notTold(Setting<?> setting, Agent agent, Throwable thrown) {
    return Diagnosis.unknown(
        setting,
        "Retell did not say whether it has agent "
            + agent
            + ": "
            + RetellReader.failure(thrown).words()
            + ".",
        "Try again; if it stays so, look at Retell's status page.");
  }

  private static boolean notFound(Throwable thrown) {
    return RetellReader.failure(thrown).status() == NOT_FOUND;
  }
}
