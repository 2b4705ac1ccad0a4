package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_ID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENT_VERSION;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_API_KEY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Clocks;
import org.retellbridge.foundation.checkup.Diagnoses;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Unexamined;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.http.Reply;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Settings;

/** Asks Retell about the key and about every agent that calls may reach. */
@ApplicationScoped
public class RetellCheckup implements Checkup {
  private static final int NOT_FOUND = 404;
  private static final String REFUSED =
      "From "
          + Duration.ofMillis(RetellSignature.TOLERANCE_MILLIS).toMinutes()
          + " minutes on every function and event of Retell's is refused.";

  private Settings settings;
  private RetellReader retell;
  private Pulse pulse;
  private Clock clock;

  RetellCheckup() {}

  @Inject
  RetellCheckup(Settings settings, NonBlockingHttp http, RetellCalls calls) {
    this(settings, http, calls.pulse(), Clock.systemUTC());
  }

  RetellCheckup(Settings settings, NonBlockingHttp http, Pulse pulse, Clock clock) {
    this.pulse = pulse;
    this.clock = clock;
    this.settings = settings;
    this.retell = new RetellReader(http, settings, settings.find(RETELL_API_KEY).orElse(""));
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
    Instant asked = clock.instant();
    CompletionStage<Reply> answer = retell.ask("/get-api-key-info");
    CompletionStage<List<Diagnosis>> ofClock =
        answer.handle((reply, thrown) -> thrown == null ? ofClock(reply, asked) : List.of());
    return answer
        .thenApply(RetellCalls::body)
        .whenComplete((body, thrown) -> measure(thrown, start))
        .handle((body, thrown) -> thrown == null ? keyIsGood() : keyIsNotGood(thrown))
        .thenCompose(Function.identity())
        .thenCombine(ofClock, Diagnoses::joined);
  }

  private List<Diagnosis> ofClock(Reply reply, Instant asked) {
    return Clocks.compared("Retell", reply.header("Date"), asked, clock.instant(), REFUSED);
  }

  /** Operators who have asked expect to see in the state how it went. */
  private void measure(Throwable thrown, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (thrown == null) {
      pulse.beat(took);
      return;
    }
    pulse.missed(took, VendorFailure.behind(RetellCalls.VENDOR, thrown));
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
    NamedAgents.none(settings).ifPresent(all::add);
    return all;
  }

  private CompletionStage<List<Diagnosis>> keyIsGood() {
    return Diagnoses.all(new NamedAgents(settings, retell).examine())
        .thenApply(
            agents -> {
              List<Diagnosis> all = new ArrayList<>();
              all.add(Diagnosis.ok(RETELL_API_KEY, "Retell knows this key."));
              all.add(Diagnosis.ok(RETELL_API_BASE_URL, "Retell answers there."));
              agents.forEach(agent -> all.addAll(agent.diagnoses()));
              NamedAgents.none(settings).ifPresent(all::add);
              AgentVersion.of(settings, agents).ifPresent(all::add);
              return all;
            });
  }

  private static Diagnosis ofKey(Throwable thrown) {
    VendorFailure failure = RetellReader.failure(thrown);
    int status = failure.status();
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
        "Retell gave no usable answer: " + failure.words() + ".",
        "See that this server may reach Retell's API over HTTPS, or leave the setting out.");
  }
}
