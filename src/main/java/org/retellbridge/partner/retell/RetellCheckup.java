package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_API_KEY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Unexamined;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.http.Question;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.metrics.Pulse;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/** Asks Retell about the key and about every agent that calls may reach. */
@ApplicationScoped
public class RetellCheckup implements Checkup {
  private static final Duration BUDGET = Duration.ofSeconds(8);
  private static final int NOT_FOUND = 404;

  private Settings settings;
  private NonBlockingHttp http;
  private Pulse pulse;
  private String base;
  private Map<String, String> headers = Map.of();

  RetellCheckup() {}

  @Inject
  RetellCheckup(Settings settings, NonBlockingHttp http, RetellCalls calls) {
    this(settings, http, calls.pulse());
  }

  RetellCheckup(Settings settings, NonBlockingHttp http, Pulse pulse) {
    this.pulse = pulse;
    this.settings = settings;
    this.http = http;
    this.base = settings.get(RETELL_API_BASE_URL).toString().replaceFirst("/+$", "");
    this.headers = RetellCalls.headers(settings.find(RETELL_API_KEY).orElse(""));
  }

  @Override
  public CompletionStage<List<Diagnosis>> examine() {
    if (settings.find(RETELL_API_KEY).isEmpty()) {
      return CompletableFuture.completedStage(
          withoutAgents(
              List.of(
                  Diagnosis.wrong(
                      RETELL_API_KEY,
                      "It is not set, so every call goes down the fallback ladder.",
                      "Set it to an API key of Retell's dashboard.")),
              "RETELL_API_KEY is not set"));
    }
    long start = System.nanoTime();
    return ask("/get-api-key-info")
        .whenComplete((body, thrown) -> measure(thrown, start))
        .handle((body, thrown) -> thrown == null ? keyIsGood() : keyIsNotGood(thrown))
        .thenCompose(Function.identity());
  }

  /** Operators who have asked expect to see in the state how it went. */
  private void measure(Throwable thrown, long start) {
    pulse.beat(
        Duration.ofNanos(System.nanoTime() - start),
        thrown == null
            ? Pulse.OK
            : VendorFailure.behind(RetellCalls.VENDOR, thrown).kind().label());
  }

  private CompletionStage<List<Diagnosis>> keyIsNotGood(Throwable thrown) {
    Diagnosis first = ofKey(thrown);
    boolean refused = first.setting().equals(RETELL_API_KEY.variable());
    List<Diagnosis> found =
        refused
            ? List.of(first, Diagnosis.ok(RETELL_API_BASE_URL, "Retell answers there."))
            : List.of(first);
    return CompletableFuture.completedStage(
        withoutAgents(found, refused ? "Retell refuses the key" : "Retell gave no usable answer"));
  }

  private List<Diagnosis> withoutAgents(List<Diagnosis> found, String reason) {
    List<Diagnosis> all =
        Unexamined.with(
            found,
            settings,
            List.of(RETELL_API_KEY, RETELL_AGENT_ID, RETELL_AGENTS, RETELL_AGENT_VERSION),
            reason);
    noAgent().ifPresent(all::add);
    return all;
  }

  private CompletionStage<List<Diagnosis>> keyIsGood() {
    CompletionStage<List<Diagnosis>> all =
        CompletableFuture.completedStage(
            List.of(
                Diagnosis.ok(RETELL_API_KEY, "Retell knows this key."),
                Diagnosis.ok(RETELL_API_BASE_URL, "Retell answers there.")));
    for (CompletionStage<Diagnosis> agent : agents()) {
      all = all.thenCombine(agent, RetellCheckup::with);
    }
    return all.thenApply(
        found -> AgentVersion.of(settings, found).map(one -> with(found, one)).orElse(found));
  }

  private List<CompletionStage<Diagnosis>> agents() {
    List<CompletionStage<Diagnosis>> agents = new ArrayList<>();
    Optional<String> usual = settings.find(RETELL_AGENT_ID);
    usual.ifPresent(id -> agents.add(agent(RETELL_AGENT_ID, id)));
    Map<String, String> byNumber = settings.find(RETELL_AGENTS).orElse(Map.of());
    byNumber.values().stream().distinct().forEach(id -> agents.add(agent(RETELL_AGENTS, id)));
    noAgent().ifPresent(one -> agents.add(CompletableFuture.completedStage(one)));
    return agents;
  }

  private Optional<Diagnosis> noAgent() {
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

  private CompletionStage<Diagnosis> agent(Setting<?> setting, String text) {
    Agent agent = Agent.parse(text).orElseThrow().inVersion(settings.get(RETELL_AGENT_VERSION));
    String version = agent.version().orElseThrow();
    return ask("/get-agent/" + agent.id() + "?version=" + version)
        .thenApply(body -> found(setting, agent, body))
        .exceptionallyCompose(
            thrown ->
                status(thrown) == NOT_FOUND
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
    return ask("/get-agent/" + agent.id())
        .thenApply(
            body ->
                Diagnosis.wrong(
                    agent.toString().equals(settings.find(RETELL_AGENT_ID).orElse("-"))
                            || setting == RETELL_AGENTS
                        ? setting
                        : RETELL_AGENT_VERSION,
                    "Retell has agent "
                        + agent.id()
                        + ", but no version "
                        + agent.version().orElse("")
                        + " of it.",
                    "Set a version number, an environment tag or latest_published that exists."))
        .exceptionally(
            thrown ->
                status(thrown) == NOT_FOUND
                    ? Diagnosis.wrong(
                        setting,
                        "Retell has no agent " + agent.id() + " in this key's workspace.",
                        "Copy the agent id from Retell's dashboard, or use its workspace's key.")
                    : notTold(setting, agent, thrown));
  }

  private static Diagnosis notTold(Setting<?> setting, Agent agent, Throwable thrown) {
    return Diagnosis.unknown(
        setting,
        "Retell did not say whether it has agent " + agent + ": " + words(thrown) + ".",
        "Try again; if it stays so, look at Retell's status page.");
  }

  private static Diagnosis ofKey(Throwable thrown) {
    int status = status(thrown);
    if (status == 401 || status == 403) {
      return Diagnosis.wrong(
          RETELL_API_KEY,
          "Retell refuses this key (HTTP " + status + ").",
          "Set it to an API key of Retell's dashboard that may make calls and read agents.");
    }
    if (status == NOT_FOUND) {
      return Diagnosis.wrong(
          RETELL_API_BASE_URL,
          "What answers there is not Retell's API (HTTP 404).",
          "Leave it out, unless a proxy of yours stands before Retell.");
    }
    return Diagnosis.unknown(
        RETELL_API_BASE_URL,
        "Retell gave no usable answer: " + words(thrown) + ".",
        "See that this server may reach Retell's API over HTTPS, or leave the setting out.");
  }

  private static List<Diagnosis> with(List<Diagnosis> all, Diagnosis one) {
    List<Diagnosis> more = new ArrayList<>(all);
    more.add(one);
    return more;
  }

  /** Settings have the form of an agent's id and version, so that nothing has to be encoded. */
  private CompletionStage<String> ask(String path) {
    return http.ask(Question.get(URI.create(base + path), headers), BUDGET)
        .thenApply(RetellCalls::body);
  }

  private static int status(Throwable thrown) {
    return thrown == null ? 0 : VendorFailure.behind(RetellCalls.VENDOR, thrown).status();
  }

  private static String words(Throwable thrown) {
    return VendorFailure.behind(RetellCalls.VENDOR, thrown).words();
  }
}
