package org.retellbridge.operations.doctor;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnoses;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Diagnosis.Result;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.Deadline;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.settings.Finding;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.settings.Stranger;
import org.retellbridge.foundation.webhooks.SignedRequest;

/** Runs every {@link Checkup}, one examination at a time and within half a minute. */
@ApplicationScoped
public class Doctor {
  private static final System.Logger LOGGER = System.getLogger(Doctor.class.getName());
  private static final Duration LONGEST = Duration.ofSeconds(25);

  private final AtomicBoolean busy = new AtomicBoolean();
  private List<Checkup> checkups = List.of();
  private RoundTrip roundTrip;
  private ScheduledExecutorService scheduler;
  private Settings settings;

  Doctor() {}

  @Inject
  Doctor(@Any Instance<Checkup> checkups, RoundTrip roundTrip, Timers timers, Settings settings) {
    this(checkups.stream().toList(), roundTrip, timers.scheduler(), settings);
  }

  Doctor(
      List<Checkup> checkups,
      RoundTrip roundTrip,
      ScheduledExecutorService scheduler,
      Settings settings) {
    this.checkups = checkups;
    this.roundTrip = roundTrip;
    this.scheduler = scheduler;
    this.settings = settings;
  }

  /**
   * Examines everything.
   *
   * @param request the operator's, which shows what the proxy tells of the public address
   * @return the report as JSON; empty while another examination runs
   */
  public Optional<CompletionStage<String>> examine(SignedRequest request) {
    if (!busy.compareAndSet(false, true)) {
      return Optional.empty();
    }
    CompletionStage<List<Diagnosis>> all =
        bounded("PUBLIC_BASE_URL", () -> roundTrip.examine(request));
    for (Checkup checkup : checkups) {
      String name = checkup.getClass().getSimpleName().replaceAll("Checkup.*", "");
      all = all.thenCombine(bounded(name, checkup::examine), Diagnoses::joined);
    }
    return Optional.of(all.thenApply(this::report).whenComplete((json, thrown) -> busy.set(false)));
  }

  /** Never fails: what went wrong is told as something that nobody knows. */
  private CompletionStage<List<Diagnosis>> bounded(String name, Checkup checkup) {
    CompletionStage<List<Diagnosis>> stage;
    try {
      stage = Deadline.within(LONGEST, checkup.examine(), scheduler);
    } catch (RuntimeException | Error e) {
      // Errors too: where no thread can be begun, there would never be another examination.
      stage = CompletableFuture.failedStage(e);
    }
    return stage.exceptionally(thrown -> notExamined(name, thrown));
  }

  /** Only the class is logged: what an exception says may name URLs and what stands in them. */
  private static List<Diagnosis> notExamined(String name, Throwable thrown) {
    LOGGER.log(
        WARNING, "doctor: {0} could not be examined: {1}", name, thrown.getClass().getSimpleName());
    return List.of(
        new Diagnosis(
            name,
            Result.UNKNOWN,
            "The examination did not come to an end.",
            "Try again; the log says more."));
  }

  private String report(List<Diagnosis> found) {
    List<Diagnosis> all = new ArrayList<>(found);
    for (Finding finding : settings.findings()) {
      all.add(
          new Diagnosis(
              finding.setting().variable(),
              Result.WRONG,
              finding.sentence(),
              "Correct it and start the bridge again."));
    }
    for (Stranger stranger : settings.strangers()) {
      all.add(
          new Diagnosis(
              stranger.name(),
              Result.UNKNOWN,
              stranger.sentence(),
              "Correct the name and start the bridge again, or take it out if it is not the"
                  + " bridge's."));
    }
    int examined = all.size();
    all.addAll(Remainder.of(settings, all));
    long wrong = count(all, Result.WRONG);
    long unknown = count(all, Result.UNKNOWN);
    LOGGER.log(
        INFO, "doctor: {0} settings examined, {1} wrong, {2} unknown", examined, wrong, unknown);
    JsonArrayBuilder list = JsonText.array();
    all.forEach(diagnosis -> list.add(diagnosis.toJson()));
    return JsonText.object()
        .add("wrong", wrong)
        .add("unknown", unknown)
        .add("not_examined", count(all, Result.NOT_EXAMINED))
        .add("not_set", count(all, Result.NOT_SET))
        .add("settings", list)
        .build()
        .toString();
  }

  private static long count(List<Diagnosis> all, Result result) {
    return all.stream().filter(diagnosis -> diagnosis.result() == result).count();
  }
}
