package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.partner.retell.RetellCalls;
import org.retellbridge.partner.retell.events.Forwarding;
import org.retellbridge.partner.segment.CallerTraits;
import org.retellbridge.partner.segment.Profiles;
import org.retellbridge.partner.segment.SegmentCourier;
import org.retellbridge.partner.twilio.rest.TwilioRest;

/**
 * How each vendor, and the receiver of events, has been doing, for {@code /status} and, as whether
 * it is asked, for metrics.
 */
@ApplicationScoped
public class Vendors {
  private static final String CLOSED = "CLOSED";

  private List<Vendor> all = List.of();
  private Metrics metrics;

  Vendors() {}

  @Inject
  Vendors(
      RetellCalls retell,
      CallerTraits callers,
      Profiles profiles,
      SegmentCourier courier,
      TwilioRest twilio,
      Forwarding forwarding,
      Metrics metrics) {
    this.metrics = metrics;
    this.all =
        List.of(
            new Vendor(retell.pulse(), retell::breakerState),
            new Vendor(callers.pulse(), callers::breakerState),
            new Vendor(profiles.pulse(), profiles::breakerState),
            new Vendor(courier.pulse(), courier::breakerState),
            new Vendor(twilio.pulse(), twilio::breakerState),
            new Vendor(forwarding.pulse(), forwarding::breakerState));
  }

  /** At start, so that a vendor that nobody has asked yet is seen as well. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    all.forEach(
        vendor ->
            metrics.gauge(
                "bridge.vendor.breaker.open",
                () -> CLOSED.equals(vendor.breaker().get()) ? 0 : 1,
                "vendor",
                vendor.pulse().vendor()));
  }

  JsonObjectBuilder breakers() {
    JsonObjectBuilder breakers = JsonText.object();
    all.forEach(vendor -> breakers.add(vendor.pulse().vendor(), vendor.breaker().get()));
    return breakers;
  }

  JsonObjectBuilder toJson() {
    JsonObjectBuilder vendors = JsonText.object();
    all.forEach(vendor -> vendors.add(vendor.pulse().vendor(), vendor.toJson()));
    return vendors;
  }

  /** Every vendor says the same things of itself; null for what has not happened yet. */
  private record Vendor(Pulse pulse, Supplier<String> breaker) {

    JsonObjectBuilder toJson() {
      JsonObjectBuilder json = JsonText.object().add("breaker", breaker.get());
      text(json, "last_success", pulse.lastSuccess().map(Instant::toString));
      text(json, "last_failure", pulse.lastFailure().map(failure -> failure.at().toString()));
      text(json, "last_failure_kind", pulse.lastFailure().map(Pulse.Failure::kind));
      text(json, "unreachable_because", pulse.unreached());
      millis(json, "p50_ms", pulse.latency().map(Pulse.Latency::p50));
      millis(json, "p95_ms", pulse.latency().map(Pulse.Latency::p95));
      return json;
    }

    private static void text(JsonObjectBuilder json, String name, Optional<String> text) {
      text.ifPresentOrElse(it -> json.add(name, it), () -> json.addNull(name));
    }

    private static void millis(JsonObjectBuilder json, String name, Optional<Duration> duration) {
      duration.ifPresentOrElse(
          it -> json.add(name, it.toNanos() / 10_000 / 100.0), () -> json.addNull(name));
    }
  }
}
