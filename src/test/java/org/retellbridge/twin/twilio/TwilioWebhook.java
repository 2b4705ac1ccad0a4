package org.retellbridge.twin.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.retellbridge.twin.timeline.Traffic;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;
import org.retellbridge.twin.wire.Outbound;

/**
 * Sends signed requests to public URLs as Twilio does: 15 s over all, a repeat only where the
 * connection failed unless the URL's fragment says otherwise, the same idempotency token for all
 * repeats.
 */
public final class TwilioWebhook {

  private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

  private final Outbound outbound;
  private final Traffic traffic;
  private final String token;

  TwilioWebhook(Outbound outbound, Traffic traffic, String token) {
    this.outbound = outbound;
    this.traffic = traffic;
    this.token = token;
  }

  /** The same with another token; an empty one leaves the signature out. */
  public TwilioWebhook signedWith(String otherToken) {
    return new TwilioWebhook(outbound, traffic, otherToken);
  }

  public Exchange send(String method, String url, Fields fields) {
    return method.equals("GET") ? get(url, fields) : post(url, fields);
  }

  public Exchange post(String url, Fields fields) {
    return send("POST", URI.create(url), FORM, fields.encoded(), signature(url, fields));
  }

  /** The fields go into the query, which is signed as part of the URL. */
  public Exchange get(String url, Fields fields) {
    String full = withQuery(url, fields.encoded());
    return send("GET", URI.create(full), "", "", signature(full, new Fields()));
  }

  /** A JSON body, vouched for by {@code bodySHA256} in the signed query. */
  public Exchange postJson(String url, String json) {
    String full = withQuery(url, "bodySHA256=" + TwilioSignature.bodySha256(json.getBytes(UTF_8)));
    String signature = signature(full, new Fields());
    return send("POST", URI.create(full), "application/json", json, signature);
  }

  private String signature(String url, Fields fields) {
    return token.isEmpty() ? "" : TwilioSignature.of(token, TwilioSignature.signedUrl(url), fields);
  }

  private Exchange send(String method, URI url, String type, String body, String signature) {
    Map<String, String> headers = headers(type, signature);
    ConnectionOverrides overrides = ConnectionOverrides.of(url);
    long end = System.nanoTime() + overrides.total().toNanos();
    Exchange exchange = null;
    for (int sent = 0; sent <= overrides.repeats(); sent++) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (exchange != null && (left.toMillis() <= 0 || !overrides.repeat(exchange))) {
        break;
      }
      traffic.sends(method, shown(url) + (sent > 0 ? "  (repeat)" : ""), type, body);
      exchange =
          outbound.send(new Outbound.Message(method, url, headers, body.getBytes(UTF_8), left));
      traffic.got(exchange);
    }
    return exchange;
  }

  private static Map<String, String> headers(String type, String signature) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "TwilioProxy/1.1");
    headers.put("Accept", "*/*");
    headers.put("I-Twilio-Idempotency-Token", UUID.randomUUID().toString());
    if (!type.isEmpty()) {
      headers.put("Content-Type", type);
    }
    if (!signature.isEmpty()) {
      headers.put("X-Twilio-Signature", signature);
    }
    return headers;
  }

  private static String shown(URI url) {
    return url.getPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
  }

  private static String withQuery(String url, String query) {
    int hash = url.indexOf('#');
    String base = hash < 0 ? url : url.substring(0, hash);
    String fragment = hash < 0 ? "" : url.substring(hash);
    if (query.isEmpty()) {
      return url;
    }
    return base + (base.contains("?") ? "&" : "?") + query + fragment;
  }
}
