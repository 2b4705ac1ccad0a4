package org.retellbridge.twin.retell;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Json;

/**
 * Tells the owner of a call what became of it: to the URL of the call's override, else of the
 * agent, else of the account; up to 3 repeats without a 2xx (documented). Events of a call go out
 * in order and hold nothing up.
 */
final class Lifecycle {

  private static final Set<String> DEFAULT = Set.of("call_started", "call_ended", "call_analyzed");
  private static final int ATTEMPTS = 4;
  private static final int TIMEOUT_MS = 10_000;

  private final SignedSender sender;
  private final RetellKeys keys;
  private final ExecutorService threads;
  private final Map<String, CompletableFuture<Void>> lastOfCall = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  private volatile String accountUrl = "";

  Lifecycle(SignedSender sender, RetellKeys keys, ExecutorService threads) {
    this.sender = sender;
    this.keys = keys;
    this.threads = threads;
  }

  void accountUrl(String url) {
    accountUrl = url;
  }

  void tell(RetellCall call, String event, JsonObject callObject) {
    JsonObject settings = Json.child(call.spec().override(), "agent");
    String url = new Variables(call).fill(url(call, settings));
    if (url.isEmpty() || !wanted(settings, event)) {
      return;
    }
    String body = Json.object().add("event", event).add("call", callObject).build().toString();
    JsonNumber timeout = settings.getJsonNumber("webhook_timeout_ms");
    Duration limit = Duration.ofMillis(timeout == null ? TIMEOUT_MS : timeout.longValue());
    SignedSender.Parcel parcel =
        new SignedSender.Parcel(
            "POST", url, Map.of(), body, keys.webhook(), Duration.ZERO, limit, ATTEMPTS);
    lastOfCall.compute(
        call.callId(),
        (id, last) -> after(last).thenRunAsync(() -> deliver(id, event, parcel), threads));
  }

  private static CompletableFuture<Void> after(CompletableFuture<Void> last) {
    return last == null ? CompletableFuture.completedFuture(null) : last;
  }

  private void deliver(String callId, String event, SignedSender.Parcel parcel) {
    List<Exchange> attempts = sender.send(parcel);
    deliveries.add(new Delivery(event, callId, attempts));
  }

  private String url(RetellCall call, JsonObject settings) {
    String ofAgent = call.agent().webhookUrl();
    return Json.text(settings, "webhook_url").orElse(ofAgent.isEmpty() ? accountUrl : ofAgent);
  }

  private static boolean wanted(JsonObject settings, String event) {
    if (settings.get("webhook_events") instanceof JsonArray events) {
      return events.getValuesAs(JsonString.class).stream()
          .anyMatch(name -> name.getString().equals(event));
    }
    return DEFAULT.contains(event);
  }

  List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /** Completes when all that was told so far has been delivered or given up. */
  CompletableFuture<Void> settled() {
    return CompletableFuture.allOf(lastOfCall.values().toArray(CompletableFuture[]::new));
  }

  void clear() {
    lastOfCall.clear();
    deliveries.clear();
  }
}
