package org.retellbridge.partner.retell.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.Delivery;
import org.retellbridge.foundation.ledger.Parcel;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.partner.retell.ReplayGuard;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Observer;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;

class ForwardingTest {
  private static final Parcel PARCEL =
      new Parcel("retell-event", "call_1", "m1", Instant.EPOCH, "{\"event\":\"call_ended\"}");

  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
  private final Metrics metrics = new Metrics();
  private final ReplayGuard replays = new ReplayGuard();
  private final MiniServer receiver =
      new MiniServer("receiver", request -> Reply.empty(204), new Silence());
  private final Forwarding forwarding =
      new Forwarding(
          TestSettings.of(
              "RETELL_API_KEY",
              "key_1",
              "RETELL_EVENTS_FORWARD_URL",
              receiver.base() + "/hook?source=bridge%2B1"),
          null,
          timers,
          metrics,
          replays);

  @AfterEach
  void close() {
    receiver.close();
    timers.shutdownNow();
  }

  @Test
  void delivers() throws Exception {
    assertThat(deliver()).isEqualTo(new Delivery.Delivered());
    Request request = receiver.log().last().orElseThrow();
    assertThat(request.target()).isEqualTo("/hook?source=bridge%2B1");
    assertThat(request.text()).isEqualTo(PARCEL.payload());
    assertThat(request.header("Content-Type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 401, 404, 410})
  void givesUpWhatIsRefused(int status) throws Exception {
    receiver.faults().always(Fault.says(Reply.empty(status).with("Location", "/elsewhere")));

    assertThat(deliver()).isEqualTo(new Delivery.Never("forward refused (HTTP " + status + ")"));
    assertThat(receiver.log().total()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void triesAgainWhatMaySucceed(int status) throws Exception {
    receiver.faults().always(Fault.status(status).retryAfter(7));

    assertThat(deliver())
        .isInstanceOfSatisfying(
            Delivery.Later.class,
            later -> assertThat(later.retryAfter()).contains(Duration.ofSeconds(7)));
  }

  @Test
  void triesAgainWhenNobodyIsThere() throws Exception {
    receiver.close();

    assertThat(deliver()).isInstanceOf(Delivery.Later.class);
  }

  @Test
  void sparesAReceiverThatIsDown() throws Exception {
    receiver.faults().always(Fault.status(503));
    for (int i = 0; i < 20; i++) {
      assertThat(deliver()).isInstanceOf(Delivery.Later.class);
    }
    assertThat(forwarding.breakerState()).isEqualTo("OPEN");

    assertThat(deliver()).isEqualTo(new Delivery.Later("forward shut_off", Optional.empty()));
    assertThat(receiver.log().total()).isEqualTo(20);
    assertThat(forwarding.pulse().lastFailure().orElseThrow().kind()).isEqualTo("shut_off");
    assertThat(metrics.scrape()).contains("vendor=\"events_receiver\"", "outcome=\"broken\"");
  }

  @Test
  void hasSoManyOnTheirWayAtMost() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    receiver.faults().always(Fault.held(answering));
    List<CompletableFuture<Delivery>> all = new ArrayList<>();
    for (int i = 0; i < Forwarding.MOST_UNDER_WAY; i++) {
      all.add(forwarding.deliver(PARCEL).toCompletableFuture());
    }

    assertThat(deliver()).isEqualTo(new Delivery.Later("forward crowded", Optional.empty()));
    answering.countDown();
    for (CompletableFuture<Delivery> each : all) {
      assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo(new Delivery.Delivered());
    }
    assertThat(deliver()).isEqualTo(new Delivery.Delivered());
  }

  @Test
  void hasSoMuchOnItsWayAtMost() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    receiver.faults().always(Fault.held(answering));
    Parcel large =
        new Parcel(
            PARCEL.kind(),
            PARCEL.customerKey(),
            "large",
            PARCEL.timestamp(),
            "x".repeat(Forwarding.MOST_BYTES_UNDER_WAY - 10));
    CompletableFuture<Delivery> first = forwarding.deliver(large).toCompletableFuture();

    assertThat(deliver()).isEqualTo(new Delivery.Later("too much is on its way", Optional.empty()));
    answering.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(deliver()).isEqualTo(new Delivery.Delivered());
  }

  /** Another node may know one, as in a rolling update that adds it. */
  @Test
  void leavesToOthersWhatItKnowsNoReceiverFor() throws Exception {
    Forwarding nowhere =
        new Forwarding(TestSettings.of("RETELL_API_KEY", "key_1"), null, timers, metrics, replays);

    assertThat(nowhere.deliver(PARCEL).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isEqualTo(Delivery.Later.notHere("RETELL_EVENTS_FORWARD_URL is not set on this node"));
    assertThat(
            nowhere
                .accept(CallEvent.parse(PARCEL.payload().getBytes()).orElseThrow())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS))
        .isTrue();
  }

  private Delivery deliver() throws Exception {
    return forwarding.deliver(PARCEL).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Nobody looks on. */
  private static final class Silence implements Observer {
    @Override
    public void came(Request request) {}

    @Override
    public void answered(Request request, Reply reply, String mishap) {}
  }
}
