package org.retellbridge.partner.segment;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.outbound.NonBlockingRestClients;
import org.retellbridge.foundation.resilience.Guard;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/** A guarded way to Segment: each has places, a breaker and a pulse of its own. */
final class SegmentLine {
  static final String VENDOR = "segment";

  /** At 0.4 s each more than 3,000 calls a second, beyond what a node starts. */
  private static final int MOST_HURRIED = 2_000;

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Set<Integer> REPEATABLE_4XX = Set.of(408, 410, 429, 460);
  private static final Set<Integer> FINAL_5XX = Set.of(501, 505, 511);

  private final Guard guard;
  private final Pulse pulse;

  private SegmentLine(Guard guard, Pulse pulse) {
    this.guard = guard;
    this.pulse = pulse;
  }

  /**
   * @param way its name in metrics and {@code /status}
   * @param budget how long a function may take; a tenth of it is left for the answer
   */
  static SegmentLine of(
      String way, Duration budget, ScheduledExecutorService scheduler, Metrics metrics) {
    Duration mine = budget.multipliedBy(9).dividedBy(10);
    return new SegmentLine(
        new Guard(VENDOR, mine, scheduler, SegmentLine::repeatable), new Pulse(metrics, way));
  }

  /** Of which one without an answer leaves time for another. */
  static Duration attempt(Settings settings) {
    return settings.get(Catalogue.FUNCTION_BUDGET).multipliedBy(2).dividedBy(5);
  }

  /**
   * For what is dropped when it is late: one attempt, and few at a time.
   *
   * @param budget all of it is for the answer
   */
  static SegmentLine hurried(Duration budget, ScheduledExecutorService scheduler, Metrics metrics) {
    return new SegmentLine(
        new Guard(VENDOR, budget, scheduler, failure -> false, MOST_HURRIED),
        new Pulse(metrics, "segment_greetings"));
  }

  /** The Tracking API, of which one silent attempt leaves time for another. */
  static TrackingRestApi tracking(URI base, Settings settings) {
    Duration attempt = attempt(settings);
    return NonBlockingRestClients.builder()
        .baseUri(base)
        .connectTimeout(Math.min(CONNECT.toMillis(), attempt.toMillis()), MILLISECONDS)
        .readTimeout(attempt.toMillis(), MILLISECONDS)
        .register(LibraryHeader.class)
        .register(SegmentRefusals.class)
        .property("microprofile.rest.client.disable.default.mapper", true)
        .build(TrackingRestApi.class);
  }

  /** Asks within the budget, at most twice. */
  <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> attempt) {
    long start = System.nanoTime();
    return guard.call(attempt).whenComplete((answer, thrown) -> measure(thrown, start));
  }

  /** Asks within the budget, once: for what is repeated elsewhere. */
  <T> CompletionStage<T> askOnce(Supplier<CompletionStage<T>> attempt) {
    long start = System.nanoTime();
    return guard.once(attempt).whenComplete((answer, thrown) -> measure(thrown, start));
  }

  /** Whether Segment will never take it, as its own libraries see it. */
  static boolean hopeless(VendorFailure failure) {
    return switch (failure.kind()) {
      case BROKEN, REFUSED -> !repeatable(failure);
      default -> false;
    };
  }

  String breakerState() {
    return guard.breakerState();
  }

  Pulse pulse() {
    return pulse;
  }

  /** Reading changes nothing and writing bears its {@code messageId}: every repeat is safe. */
  private static boolean repeatable(VendorFailure failure) {
    int status = failure.status();
    return switch (failure.kind()) {
      case UNREACHABLE, CUT, TIMED_OUT, BUSY -> true;
      case BROKEN -> !FINAL_5XX.contains(status);
      case REFUSED -> REPEATABLE_4XX.contains(status);
      case GARBLED, SHUT_OFF, CROWDED, FAULT -> false;
    };
  }

  private void measure(Throwable thrown, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (thrown == null) {
      pulse.beat(took);
      return;
    }
    pulse.missed(took, VendorFailure.behind(VENDOR, thrown));
  }
}
