package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.NamedAgent;
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
    String version = agent.asked().version().orElse("");
    return retell
        .get("/get-agent/" + agent.asked().id() + "?version=" + version)
        .thenApply(body -> new AgentFound(agent, true, there(agent, body)))
        .exceptionallyCompose(
            thrown ->
                (notFound(thrown)
                        ? whichIsWrong(agent)
                        : CompletableFuture.completedStage(notTold(agent, thrown)))
                    .thenApply(diagnosis -> new AgentFound(agent, false, diagnosis)));
  }

  private static Diagnosis there(NamedAgent agent, String body) {
    if (!agent.asked().newest()) {
      return Diagnosis.ok(agent.setting(), "Retell has agent " + agent.asked() + ".");
    }
    JsonObject json =
        JsonText.parseObject(body == null ? "" : body).orElse(JsonValue.EMPTY_JSON_OBJECT);
    boolean draft = JsonValue.FALSE.equals(json.get("is_published"));
    String sentence =
        "Retell has agent "
            + agent.asked()
            + (draft ? ", and its latest version is a draft." : ".");
    return agent.inUsualVersion()
        ? new Diagnosis(
            agent.setting().variable(),
            Diagnosis.Result.OK,
            sentence,
            "Set RETELL_AGENT_VERSION to a number or a tag, so that nobody's draft takes calls.")
        : Diagnosis.unknown(
            agent.setting(),
            sentence + " A draft may serve its calls, whatever RETELL_AGENT_VERSION says.",
            "Write a number or a tag after the @, or take @latest away so that"
                + " RETELL_AGENT_VERSION counts.");
  }

  /** Asks for the agent in any version. */
  private CompletionStage<Diagnosis> whichIsWrong(NamedAgent agent) {
    String id = agent.asked().id();
    return retell
        .get("/get-agent/" + id)
        .thenApply(body -> noVersion(agent))
        .exceptionally(
            thrown ->
                notFound(thrown)
                    ? Diagnosis.wrong(
                        agent.setting(),
                        "Retell has no agent " + id + " in this key's workspace.",
                        "Copy the agent id from Retell's dashboard, or use its workspace's key.")
                    : notTold(agent, thrown));
  }

  /** Of one number's agent it may be the usual version that is right, and the agent that is not. */
  private static Diagnosis noVersion(NamedAgent agent) {
    boolean bearsIt = agent.setting() == RETELL_AGENTS || !agent.inUsualVersion();
    return Diagnosis.wrong(
        bearsIt ? agent.setting() : RETELL_AGENT_VERSION,
        "Retell has agent "
            + agent.asked().id()
            + ", but no version "
            + agent.asked().version().orElse("")
            + " of it.",
        "Set a version number, an environment tag or latest_published that exists.");
  }

  private static Diagnosis notTold(NamedAgent agent, Throwable thrown) {
    return Diagnosis.unknown(
        agent.setting(),
        "Retell did not say whether it has agent "
            + agent.asked()
            + ": "
            + RetellReader.failure(thrown).words()
            + ".",
        "Try again; if it stays so, look at Retell's status page.");
  }

  private static boolean notFound(Throwable thrown) {
    return RetellReader.failure(thrown).status() == NOT_FOUND;
  }
}
