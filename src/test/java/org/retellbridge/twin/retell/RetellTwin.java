package org.retellbridge.twin.retell;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.retellbridge.twin.timeline.Timeline;
import org.retellbridge.twin.timeline.Traffic;
import org.retellbridge.twin.timeline.TwinClock;
import org.retellbridge.twin.wire.Daemons;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Faults;
import org.retellbridge.twin.wire.Json;
import org.retellbridge.twin.wire.MiniServer;
import org.retellbridge.twin.wire.Outbound;
import org.retellbridge.twin.wire.RequestLog;

/** Retell AI: its API on 127.0.0.1, and its agents at the other end of a SIP address. */
public final class RetellTwin implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final RetellKeys keys;
  private final TwinClock clock;
  private final CallBook book;
  private final Traffic traffic;
  private final SignedSender sender;
  private final Lifecycle lifecycle;
  private final ExecutorService threads = Daemons.pool("retell-events");
  private final RetellApi api;
  private final MiniServer server;

  public RetellTwin(RetellKeys keys, TwinClock clock, Outbound outbound, Timeline timeline) {
    this.keys = keys;
    this.clock = clock;
    this.book = new CallBook(clock);
    this.traffic = new Traffic(timeline, "Retell");
    this.sender = new SignedSender(outbound, traffic);
    this.lifecycle = new Lifecycle(sender, keys, threads);
    this.api = new RetellApi(keys, book);
    this.server = new MiniServer("retell", api, traffic);
  }

  public URI base() {
    return server.base();
  }

  public RetellKeys keys() {
    return keys;
  }

  public Faults faults() {
    return server.faults();
  }

  /** The requests to the API. */
  public RequestLog requests() {
    return server.log();
  }

  public MiniServer server() {
    return server;
  }

  /** Adds an agent to the workspace, or replaces it. */
  public void hire(RetellAgent agent) {
    book.hire(agent);
  }

  /** Where events go that neither the call nor its agent sends elsewhere. */
  public void accountWebhook(String url) {
    lifecycle.accountUrl(url);
  }

  /** Calls are registered with E.164 numbers or none (unknown; by default any text is taken). */
  public void validatesNumbers() {
    api.validatesNumbers(true);
  }

  /** All calls in the order of their registration. */
  public List<RetellCall> calls() {
    return book.all();
  }

  public Optional<RetellCall> call(String callId) {
    return book.call(callId);
  }

  /** A conversation without any telephone: registered and answered at once. */
  public AgentCall talk(CallSpec spec) {
    AgentCall agent = answer(book.register(spec).callId()).agent().orElseThrow();
    agent.greets();
    return agent;
  }

  /** Registers a call as the API does, without a request. */
  public RetellCall register(CallSpec spec) {
    return book.register(spec);
  }

  /** Answers an INVITE to that call. Single use is inferred, the dial window documented. */
  public SipAnswer answer(String callId) {
    RetellCall call = book.call(callId).orElse(null);
    if (call == null) {
      return SipAnswer.refused(404);
    }
    if (call.overdue(clock.instant())) {
      expire(call);
      return SipAnswer.refused(480);
    }
    if (!call.start(clock.instant())) {
      return SipAnswer.refused(
          call.disconnectionReason().equals("registered_call_timeout") ? 480 : 486);
    }
    lifecycle.tell(call, "call_started", call.json());
    AgentCall agent = new AgentCall(call, this);
    return new SipAnswer(200, Optional.of(agent));
  }

  /** Gives up all calls that nobody dialled in their five minutes. */
  public void expireOverdue() {
    book.all().stream().filter(call -> call.overdue(clock.instant())).forEach(this::expire);
  }

  private void expire(RetellCall call) {
    end(call, "registered_call_timeout");
  }

  /** Ends a call and tells its owner; false where it had ended before. */
  boolean end(RetellCall call, String reason) {
    if (!call.end(reason, clock.instant())) {
      return false;
    }
    traffic.note("Call is over: " + reason);
    lifecycle.tell(call, "call_ended", call.json());
    lifecycle.tell(call, "call_analyzed", analysed(call));
    return true;
  }

  private static JsonObject analysed(RetellCall call) {
    boolean talked = !call.disconnectionReason().equals("registered_call_timeout");
    return Json.object(call.json())
        .add(
            "call_analysis",
            Json.object()
                .add(
                    "call_summary",
                    talked ? "The caller talked to " + call.agent().name() + "." : "")
                .add("in_voicemail", false)
                .add("user_sentiment", talked ? "Positive" : "Unknown")
                .add("call_successful", talked)
                .add("custom_analysis_data", Json.object()))
        .build();
  }

  /** The lifecycle events that were sent, in the order in which their delivery ended. */
  public List<Delivery> deliveries() {
    return lifecycle.deliveries();
  }

  /** Waits until all events so far are delivered or given up, and returns them. */
  public List<Delivery> awaitDeliveries() {
    try {
      lifecycle.settled().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("events are still being delivered", e);
    }
    return deliveries();
  }

  /** Sends an event that was delivered before once more: same body, fresh signature. */
  public Exchange redeliver(Delivery delivery) {
    Exchange earlier = delivery.attempts().get(0);
    return sender
        .send(
            new SignedSender.Parcel(
                "POST",
                earlier.url(),
                Map.of(),
                earlier.sent(),
                keys.webhook(),
                Duration.ZERO,
                Duration.ofSeconds(10),
                1))
        .get(0);
  }

  SignedSender sender() {
    return sender;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Forgets calls, events, requests, habits and faults; agents stay. */
  public void reset() {
    book.clear();
    lifecycle.clear();
    api.validatesNumbers(false);
    server.reset();
  }

  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
  }
}
