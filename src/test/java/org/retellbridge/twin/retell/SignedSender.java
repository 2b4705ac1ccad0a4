package org.retellbridge.twin.retell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.retellbridge.twin.timeline.Traffic;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Outbound;

/**
 * Sends a body with {@code X-Retell-Signature} until a 2xx comes or the attempts are used up. Each
 * attempt has the same body and a fresh signature; whether Retell signs repeats afresh is unknown.
 */
final class SignedSender {

  /** What to send; {@code limit} is for one attempt. */
  record Parcel(
      String method,
      String url,
      Map<String, String> headers,
      String body,
      String key,
      Duration skew,
      Duration limit,
      int attempts) {}

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private final Outbound outbound;
  private final Traffic traffic;

  SignedSender(Outbound outbound, Traffic traffic) {
    this.outbound = outbound;
    this.traffic = traffic;
  }

  List<Exchange> send(Parcel parcel) {
    List<Exchange> exchanges = new ArrayList<>();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; attempt <= parcel.attempts(); attempt++) {
      if (attempt > 1) {
        sleep(pause);
        pause = pause.multipliedBy(2);
      }
      exchanges.add(attempt(parcel, attempt));
      if (exchanges.get(exchanges.size() - 1).ok()) {
        break;
      }
    }
    return List.copyOf(exchanges);
  }

  private Exchange attempt(Parcel parcel, int attempt) {
    byte[] body = parcel.body().getBytes(UTF_8);
    URI url = URI.create(parcel.url());
    long millis = System.currentTimeMillis() + parcel.skew().toMillis();
    Map<String, String> headers = new LinkedHashMap<>(parcel.headers());
    if (body.length > 0) {
      headers.put("Content-Type", "application/json");
    }
    headers.put("X-Retell-Signature", RetellSignature.of(parcel.key(), body, millis));
    String repeat = attempt > 1 ? "  (attempt " + attempt + ")" : "";
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    traffic.sends(
        parcel.method(), url.getPath() + query + repeat, "application/json", parcel.body());
    Exchange exchange =
        outbound.send(new Outbound.Message(parcel.method(), url, headers, body, parcel.limit()));
    traffic.got(exchange);
    return exchange;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
