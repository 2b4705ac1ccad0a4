package org.retellbridge.partner.segment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Feature;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.segment.Delivery.Accepted;
import org.retellbridge.partner.segment.Delivery.Unsendable;

/**
 * Writes customers and their events. Failures are {@link VendorFailure}s.
 *
 * <p>Segment answers 200 to a wrong write key too: accepted means no more than that.
 */
@ApplicationScoped
public class Tracking {
  private boolean on;
  private TrackingRestApi api;
  private SegmentLine line;
  private UserIds userIds;
  private String writeKey;
  private Clock clock;

  Tracking() {}

  @Inject
  Tracking(Settings settings, Timers timers, Metrics metrics) {
    this(
        settings,
        SegmentLine.client(
            TrackingRestApi.class, settings.get(Catalogue.SEGMENT_TRACKING_API_BASE_URL), settings),
        SegmentLine.of(settings.get(Catalogue.FUNCTION_BUDGET), timers.scheduler(), metrics),
        Clock.systemUTC());
  }

  Tracking(Settings settings, TrackingRestApi api, SegmentLine line, Clock clock) {
    this.on = settings.state(Feature.TRACKING).on();
    this.writeKey = settings.find(Catalogue.SEGMENT_WRITE_KEY).orElse("");
    this.userIds = UserIds.of(settings);
    this.api = api;
    this.line = line;
    this.clock = clock;
  }

  /** Whether there is a write key. */
  public boolean on() {
    return on;
  }

  /**
   * Says what is known of a customer.
   *
   * @param heard traits by name, as the model heard them
   */
  public CompletionStage<Delivery> identify(Customer customer, Map<String, JsonValue> heard) {
    Identity identity = Identity.of(customer, userIds);
    return send(Message.identify(identity, Heard.traits(heard), clock.instant()));
  }

  /**
   * Says what a customer did.
   *
   * @param heard properties by name, as the model heard them
   */
  public CompletionStage<Delivery> track(
      Customer customer, String event, Map<String, JsonValue> heard) {
    Identity identity = Identity.of(customer, userIds);
    return send(Message.track(identity, event, Heard.properties(heard), clock.instant()));
  }

  /** The breaker's state, for {@code /status}. */
  public String breakerState() {
    return line.breakerState();
  }

  private CompletionStage<Delivery> send(Message message) {
    Optional<String> flaw = message.flaw(message.body(writeKey, clock.instant()));
    if (flaw.isPresent()) {
      return CompletableFuture.completedStage(new Unsendable(flaw.get()));
    }
    return line.ask(() -> attempt(message).thenApply(Tracking::accepted));
  }

  private CompletionStage<String> attempt(Message message) {
    String body = message.body(writeKey, clock.instant());
    return switch (message.kind()) {
      case IDENTIFY -> api.identify(body);
      case TRACK -> api.track(body);
    };
  }

  private static Delivery accepted(String answer) {
    JsonObject json =
        JsonText.parseObject(answer == null ? "" : answer)
            .orElseThrow(() -> VendorFailure.of(SegmentLine.VENDOR, VendorFailure.Kind.GARBLED));
    if (JsonValue.FALSE.equals(json.get("success"))) {
      throw VendorFailure.of(SegmentLine.VENDOR, VendorFailure.Kind.REFUSED);
    }
    return new Accepted();
  }
}
