package org.retellbridge.partner.retell;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Guard;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.partner.retell.Registration.NotRegistered;
import org.retellbridge.partner.retell.Registration.Registered;

/** Registers calls with Retell. */
@ApplicationScoped
public class RetellCalls {
  static final String VENDOR = "retell";
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private RetellRestApi api;
  private Guard guard;
  private Metrics metrics;
  private String authorization;
  private Duration budget;
  private Optional<URI> events = Optional.empty();

  RetellCalls() {}

  @Inject
  RetellCalls(Settings settings, Timers timers, Metrics metrics) {
    Duration budget = settings.get(Catalogue.START_BUDGET);
    this.metrics = metrics;
    this.authorization = "Bearer " + settings.find(Catalogue.RETELL_API_KEY).orElse("");
    this.guard = new Guard(VENDOR, budget, timers.scheduler());
    this.budget = budget;
    this.events =
        settings
            .find(Catalogue.PUBLIC_BASE_URL)
            .filter(base -> settings.get(Catalogue.RETELL_EVENTS))
            .map(base -> URI.create(base + "/retell/events"));
    this.api = api(settings.get(Catalogue.RETELL_API_BASE_URL), budget);
  }

  /** Registers the call; never completes exceptionally, and never after {@code START_BUDGET}. */
  public CompletionStage<Registration> register(NewCall call) {
    String body = call.toJson(events);
    long start = System.nanoTime();
    return guard
        .call(() -> api.registerPhoneCall(authorization, body).thenApply(RetellCalls::callId))
        .handle((callId, thrown) -> registration(callId, thrown, start));
  }

  /** The breaker's state, for {@code /status}. */
  public String breakerState() {
    return guard.breakerState();
  }

  private Registration registration(CallId callId, Throwable thrown, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (thrown == null) {
      metrics.time("bridge.vendor.requests", took, "vendor", VENDOR, "outcome", "ok");
      return new Registered(callId);
    }
    VendorFailure failure = failure(thrown);
    metrics.time(
        "bridge.vendor.requests", took, "vendor", VENDOR, "outcome", failure.kind().label());
    return new NotRegistered(failure);
  }

  private static VendorFailure failure(Throwable thrown) {
    if (thrown instanceof VendorFailure failure) {
      return failure;
    }
    if (thrown instanceof CompletionException && thrown.getCause() instanceof VendorFailure cause) {
      return cause;
    }
    return VendorFailure.of(VENDOR, VendorFailure.Kind.CUT);
  }

  /** Registers a call elsewhere, past guard and metrics: for {@link WarmUp} alone. */
  CompletionStage<CallId> rehearse(URI base, NewCall call) {
    return api(base, budget)
        .registerPhoneCall("Bearer none", call.toJson(Optional.empty()))
        .thenApply(RetellCalls::callId);
  }

  private static RetellRestApi api(URI base, Duration budget) {
    return RestClientBuilder.newBuilder()
        .baseUri(base)
        .connectTimeout(CONNECT.toMillis(), MILLISECONDS)
        .readTimeout(budget.toMillis(), MILLISECONDS)
        .register(RetellRefusals.class)
        .property("microprofile.rest.client.disable.default.mapper", true)
        .build(RetellRestApi.class);
  }

  private static CallId callId(String body) {
    return JsonText.parseObject(body == null ? "" : body)
        .flatMap(object -> JsonText.text(object, "call_id"))
        .flatMap(CallId::parse)
        .orElseThrow(() -> VendorFailure.of(VENDOR, VendorFailure.Kind.GARBLED));
  }
}
