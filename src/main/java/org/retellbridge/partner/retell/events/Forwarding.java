package org.retellbridge.partner.retell.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.retellbridge.foundation.ledger.Accepted;
import org.retellbridge.foundation.ledger.Courier;
import org.retellbridge.foundation.ledger.Delivery;
import org.retellbridge.foundation.ledger.Outbox;
import org.retellbridge.foundation.ledger.Parcel;
import org.retellbridge.foundation.ledger.Until;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.outbound.NonBlockingRestClients;
import org.retellbridge.foundation.resilience.Guard;
import org.retellbridge.foundation.resilience.Pulse;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.retell.ReplayGuard;
import org.retellbridge.partner.retell.RetellSigner;

/**
 * Passes Retell's events on to {@code RETELL_EVENTS_FORWARD_URL}, byte for byte and in order for
 * each call, one attempt at a time: the outbox repeats. Each attempt is signed anew, because a
 * signature is good for five minutes only, and so that the receiver can use it nowhere here; a
 * redirect is not followed.
 */
@ApplicationScoped
public class Forwarding implements Courier {
  private static final String KIND = "retell-event";
  private static final String VENDOR = "forward";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** What is on its way is in memory, with the transcript, twice or more. */
  static final int MOST_UNDER_WAY = 128;

  static final int MOST_BYTES_UNDER_WAY = 16 * 1024 * 1024;

  private Optional<ForwardRestApi> api = Optional.empty();
  private final AtomicLong bytesUnderWay = new AtomicLong();
  private Guard guard;
  private Pulse pulse;
  private RetellSigner signer;
  private Outbox outbox;

  Forwarding() {}

  @Inject
  Forwarding(
      Settings settings, Outbox outbox, Timers timers, Metrics metrics, ReplayGuard replays) {
    this(settings, outbox, timers.scheduler(), metrics, replays);
  }

  Forwarding(
      Settings settings,
      Outbox outbox,
      ScheduledExecutorService scheduler,
      Metrics metrics,
      ReplayGuard replays) {
    this.guard = new Guard(VENDOR, LIMIT, scheduler, failure -> false, MOST_UNDER_WAY);
    this.pulse = new Pulse(metrics, "events_receiver");
    this.api = settings.find(Catalogue.RETELL_EVENTS_FORWARD_URL).map(Forwarding::client);
    this.signer = RetellSigner.forOthers(settings, Clock.systemUTC(), replays);
    this.outbox = outbox;
  }

  /** While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    close();
  }

  @PreDestroy
  void close() {
    api.ifPresent(NonBlockingRestClients::close);
  }

  private static ForwardRestApi client(URI url) {
    // A base URI loses its query in some implementations; a request filter keeps every letter.
    ClientRequestFilter exactly = request -> request.setUri(url);
    return NonBlockingRestClients.builder()
        .baseUri(url)
        .connectTimeout(CONNECT.toMillis(), MILLISECONDS)
        .readTimeout(LIMIT.toMillis(), MILLISECONDS)
        .register(exactly)
        .register(ForwardRefusals.class)
        .property("microprofile.rest.client.disable.default.mapper", true)
        .build(ForwardRestApi.class);
  }

  /** Accepts the event if it is to be passed on; false when it is not kept anywhere. */
  public CompletionStage<Boolean> accept(CallEvent event) {
    if (api.isEmpty()) {
      return CompletableFuture.completedStage(true);
    }
    Parcel parcel =
        new Parcel(
                KIND, event.callId().value(), event.id(), Clock.systemUTC().instant(), event.text())
            .of(event.callId());
    return outbox
        .accept(parcel, Until.STORED, Optional.empty())
        .thenApply(accepted -> !(accepted instanceof Accepted.Lost));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public CompletionStage<Delivery> deliver(Parcel parcel) {
    if (api.isEmpty()) {
      return CompletableFuture.completedStage(
          Delivery.Later.notHere("RETELL_EVENTS_FORWARD_URL is not set on this node"));
    }
    int size = parcel.payload().length();
    long others = bytesUnderWay.getAndAdd(size);
    if (others > 0 && others + size > MOST_BYTES_UNDER_WAY) {
      bytesUnderWay.addAndGet(-size);
      return CompletableFuture.completedStage(
          new Delivery.Later("too much is on its way", Optional.empty()));
    }
    return send(parcel).whenComplete((delivery, thrown) -> bytesUnderWay.addAndGet(-size));
  }

  private CompletionStage<Delivery> send(Parcel parcel) {
    long start = System.nanoTime();
    return guard
        .once(() -> attempt(api.get(), parcel))
        .whenComplete((answer, thrown) -> measure(thrown, start))
        .<Delivery>thenApply(answer -> new Delivery.Delivered())
        .exceptionally(Forwarding::undelivered);
  }

  /** The breaker's state, for {@code /status}. */
  public String breakerState() {
    return guard.breakerState();
  }

  /** How the receiver has been doing, for {@code /status}. */
  public Pulse pulse() {
    return pulse;
  }

  private CompletionStage<String> attempt(ForwardRestApi receiver, Parcel parcel) {
    byte[] body = parcel.payload().getBytes(UTF_8);
    return receiver.post(signer.header(body), body);
  }

  private void measure(Throwable thrown, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (thrown == null) {
      pulse.beat(took);
      return;
    }
    pulse.missed(took, VendorFailure.behind(VENDOR, thrown));
  }

  private static Delivery undelivered(Throwable thrown) {
    VendorFailure failure = VendorFailure.behind(VENDOR, thrown);
    boolean hopeless = failure.kind() == VendorFailure.Kind.REFUSED && failure.status() != 408;
    return hopeless
        ? new Delivery.Never(failure.getMessage())
        : new Delivery.Later(failure.getMessage(), failure.retryAfter());
  }
}
