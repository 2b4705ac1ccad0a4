package org.retellbridge.partner.segment;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.ledger.Courier;
import org.retellbridge.foundation.ledger.Delivery;
import org.retellbridge.foundation.ledger.Parcel;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.outbound.NonBlockingRestClients;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/**
 * Takes messages to Segment's HTTP Tracking API, one attempt at a time: the outbox repeats. Which
 * statuses are worth a repeat is what Segment's own libraries say.
 */
@ApplicationScoped
public class SegmentCourier implements Courier {
  static final String KIND = "segment";

  private TrackingRestApi api;
  private SegmentLine line;
  private Optional<String> writeKey = Optional.empty();
  private Clock clock;

  SegmentCourier() {}

  @Inject
  SegmentCourier(Settings settings, Timers timers, Metrics metrics) {
    this(
        settings,
        SegmentLine.tracking(settings.get(Catalogue.SEGMENT_TRACKING_API_BASE_URL), settings),
        SegmentLine.of(
            "segment_tracking",
            settings.get(Catalogue.FUNCTION_BUDGET),
            timers.scheduler(),
            metrics),
        Clock.systemUTC());
  }

  SegmentCourier(Settings settings, TrackingRestApi api, SegmentLine line, Clock clock) {
    this.writeKey = settings.find(Catalogue.SEGMENT_WRITE_KEY);
    this.api = api;
    this.line = line;
    this.clock = clock;
  }

  /** While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    close();
  }

  @PreDestroy
  void close() {
    NonBlockingRestClients.close(api);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public CompletionStage<Delivery> deliver(Parcel parcel) {
    if (writeKey.isEmpty()) {
      return CompletableFuture.completedStage(
          Delivery.Later.notHere("SEGMENT_WRITE_KEY is not set on this node"));
    }
    Message message = Message.of(parcel);
    return line.askOnce(() -> attempt(message, writeKey.get()).thenApply(SegmentCourier::taken))
        .exceptionally(SegmentCourier::untaken);
  }

  /** The breaker's state, for {@code /status}. */
  public String breakerState() {
    return line.breakerState();
  }

  /** How this API has been doing, for {@code /status}. */
  public Pulse pulse() {
    return line.pulse();
  }

  private CompletionStage<String> attempt(Message message, String key) {
    String body = message.body(key, clock.instant());
    return switch (message.kind()) {
      case IDENTIFY -> api.identify(body);
      case TRACK -> api.track(body);
    };
  }

  private static Delivery taken(String answer) {
    JsonObject json =
        JsonText.parseObject(answer == null ? "" : answer)
            .orElseThrow(() -> VendorFailure.of(SegmentLine.VENDOR, VendorFailure.Kind.GARBLED));
    return JsonValue.FALSE.equals(json.get("success"))
        ? new Delivery.Never("success is false")
        : new Delivery.Delivered();
  }

  private static Delivery untaken(Throwable thrown) {
    VendorFailure failure = VendorFailure.behind(SegmentLine.VENDOR, thrown);
    return SegmentLine.hopeless(failure)
        ? new Delivery.Never(failure.getMessage())
        : new Delivery.Later(failure.getMessage(), failure.retryAfter());
  }
}
