package org.retellbridge.partner.retell;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.http.Question;
import org.retellbridge.foundation.http.Reply;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Guard;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.RetryAfter;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.OwnPaths;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.partner.retell.Registration.NotRegistered;
import org.retellbridge.partner.retell.Registration.Registered;

/** Registers calls with Retell. */
@ApplicationScoped
public class RetellCalls {
  static final String VENDOR = "retell";

  /** Answers 201 with a call object, of which only {@code call_id} is certain. */
  private static final String REGISTER = "/v2/register-phone-call";

  private static final int NO_SUCCESS = 300;

  /** What Retell may answer where it does not like a field. */
  private static final Set<Integer> MALFORMED = Set.of(400, 422);

  private NonBlockingHttp http;
  private Guard guard;
  private Pulse pulse;
  private Map<String, String> headers = Map.of();
  private URI register;
  private Duration budget;
  private PublicUrls urls;
  private boolean events;

  RetellCalls() {}

  @Inject
  RetellCalls(
      Settings settings, Timers timers, Metrics metrics, NonBlockingHttp http, PublicUrls urls) {
    this.http = http;
    Duration budget = settings.get(Catalogue.START_BUDGET);
    this.pulse = new Pulse(metrics, VENDOR);
    this.headers = headers(settings.find(Catalogue.RETELL_API_KEY).orElse(""));
    this.guard = new Guard(VENDOR, budget, timers.scheduler());
    this.budget = budget;
    this.urls = urls;
    this.events =
        settings.get(Catalogue.RETELL_EVENTS)
            && !settings.wrong(Catalogue.RETELL_EVENTS_FORWARD_URL);
    this.register =
        URI.create(
            settings.get(Catalogue.RETELL_API_BASE_URL).toString().replaceFirst("/+$", "")
                + REGISTER);
  }

  /**
   * Registers the call; never completes exceptionally, and never after {@code START_BUDGET}.
   *
   * @param spent how much of that is gone already
   */
  public CompletionStage<Registration> register(NewCall call, Duration spent) {
    long start = System.nanoTime();
    long end = start + budget.minus(spent).toNanos();
    String body = call.toJson(events());
    return guard
        .call(
            spent,
            () ->
                ask(body, end)
                    .exceptionallyCompose(
                        thrown ->
                            acceptable(call, thrown)
                                .map(other -> ask(other.toJson(events()), end))
                                .orElseGet(() -> CompletableFuture.failedStage(thrown))))
        .handle((callId, thrown) -> registration(callId, thrown, start));
  }

  private CompletionStage<CallId> ask(String body, long end) {
    return http.ask(
            Question.post(register, headers, body), Duration.ofNanos(end - System.nanoTime()))
        .thenApply(RetellCalls::callId);
  }

  /**
   * What to ask instead after a refusal that may be about an address: of {@code from_number} and
   * {@code to_number} the documentation does not say whether they have to be numbers.
   */
  private static Optional<NewCall> acceptable(NewCall call, Throwable thrown) {
    return VendorFailure.unwrapped(thrown) instanceof VendorFailure failure
            && MALFORMED.contains(failure.status())
        ? call.withNumbersAlone()
        : Optional.empty();
  }

  /**
   * Where Retell shall send what becomes of a call; empty for the agent's own webhook. That stays
   * while it should get the events from here and cannot.
   */
  private Optional<URI> events() {
    return events
        ? urls.own().map(base -> URI.create(base + OwnPaths.RETELL_EVENTS))
        : Optional.empty();
  }

  /** Whether Retell is known to be down, or crowded, so that a call is refused at once. */
  public boolean refuses() {
    return guard.refuses();
  }

  /** The breaker's state, for {@code /status}. */
  public String breakerState() {
    return guard.breakerState();
  }

  /** How Retell has been doing, for {@code /status}. */
  public Pulse pulse() {
    return pulse;
  }

  private Registration registration(CallId callId, Throwable thrown, long start) {
    Duration took = since(start);
    if (thrown == null) {
      pulse.beat(took);
      return new Registered(callId);
    }
    VendorFailure failure = VendorFailure.behind(VENDOR, thrown);
    pulse.missed(took, failure);
    return new NotRegistered(failure);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Registers a call elsewhere, past guard and metrics: for {@link WarmUp} alone. */
  CompletionStage<CallId> rehearse(URI base, NewCall call) {
    URI standIn = URI.create(base + REGISTER);
    return http.ask(Question.post(standIn, headers("none"), call.toJson(Optional.empty())), budget)
        .thenApply(RetellCalls::callId);
  }

  static Map<String, String> headers(String key) {
    return Map.of("Authorization", "Bearer " + key, "Accept", "application/json");
  }

  /** Redirects, which nobody follows, are refusals like any other; nothing of the body is kept. */
  static String body(Reply reply) {
    if (reply.status() >= NO_SUCCESS) {
      throw VendorFailure.answered(
          VENDOR, reply.status(), RetryAfter.parse(reply.header("Retry-After").orElse(null)));
    }
    return reply.body();
  }

  private static CallId callId(Reply reply) {
    return JsonText.parseObject(body(reply))
        .flatMap(object -> JsonText.text(object, "call_id"))
        .flatMap(CallId::parse)
        .orElseThrow(() -> VendorFailure.of(VENDOR, VendorFailure.Kind.GARBLED));
  }
}
