package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.NamedAgent;
import org.retellbridge.foundation.settings.Setting;

/** What is told of an agent that was looked for at Retell. */
record AgentReport(NamedAgent agent) {
  private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403);

  /** In the version that was asked for, as Retell resolves it. */
  List<Diagnosis> found(String body) {
    JsonObject json =
        JsonText.parseObject(body == null ? "" : body).orElse(JsonValue.EMPTY_JSON_OBJECT);
    boolean draft = JsonValue.FALSE.equals(json.get("is_published"));
    if (agent.asked().newest()) {
      return List.of(newest(draft));
    }
    return draft
        ? ofVersion(
            Diagnosis.unknown(
                versionSetting(),
                "Retell has agent "
                    + agent.asked()
                    + ", but that version is a draft, which somebody may be editing. A tag that"
                    + " points nowhere means the newest version.",
                "Publish that version, or name a published one: by its number, or by a tag that"
                    + " points to it."))
        : List.of(there(agent.asked()));
  }

  private Diagnosis newest(boolean draft) {
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

  List<Diagnosis> noSuchVersion() {
    return ofVersion(
        Diagnosis.wrong(
            versionSetting(),
            "Retell has agent " + agent.asked().id() + ", but no version " + version() + " of it.",
            "Set the environment tag or the number of a version that exists."));
  }

  List<Diagnosis> tagNotTaken() {
    return ofVersion(
        Diagnosis.unknown(
            versionSetting(),
            "Retell has agent "
                + agent.asked().id()
                + ", but its API does not tell of version "
                + version()
                + ", which is no number (HTTP 400).",
            "Look in Retell's dashboard whether it exists; a call shows it."));
  }

  List<Diagnosis> nowhere() {
    return List.of(
        Diagnosis.wrong(
            agent.setting(),
            "Retell has no agent " + agent.asked().id() + " in this key's workspace.",
            "Copy the agent id from Retell's dashboard, or use its workspace's key."));
  }

  List<Diagnosis> notTold(Throwable thrown) {
    VendorFailure failure = RetellReader.failure(thrown);
    return List.of(
        Diagnosis.unknown(
            agent.setting(),
            "Retell did not say whether it has agent "
                + agent.asked()
                + ": "
                + failure.words()
                + ".",
            NOT_ALLOWED.contains(failure.status())
                ? "Let the key in RETELL_API_KEY read agents (Build, Agent: View); calls do not"
                    + " need it."
                : "Try again; if it stays so, look at Retell's status page."));
  }

  /** The agent itself is there, which is said where another setting names the version. */
  private List<Diagnosis> ofVersion(Diagnosis diagnosis) {
    return versionSetting() == agent.setting()
        ? List.of(diagnosis)
        : List.of(there(agent.asked().id()), diagnosis);
  }

  private Diagnosis there(Object name) {
    return Diagnosis.ok(agent.setting(), "Retell has agent " + name + ".");
  }

  /** Of one number's agent it may be the usual version that is right, and the agent that is not. */
  private Setting<?> versionSetting() {
    boolean bearsIt = agent.setting() == RETELL_AGENTS || !agent.inUsualVersion();
    return bearsIt ? agent.setting() : RETELL_AGENT_VERSION;
  }

  private String version() {
    return agent.asked().version().orElse("");
  }
}
