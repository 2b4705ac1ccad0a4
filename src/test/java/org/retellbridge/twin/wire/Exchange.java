package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the twin sent and what came back.
 *
 * @param url as the vendor sees it, that is the public one
 * @param sent the body, or the query of a GET
 * @param status 0 without an answer
 * @param failure why there is no answer, or an empty text
 * @param neverConnected the request surely did not arrive
 */
public record Exchange(
    String method,
    String url,
    String sent,
    int status,
    Map<String, List<String>> headers,
    byte[] body,
    Duration took,
    String failure,
    boolean neverConnected) {

  public boolean answered() {
    return status > 0;
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  public String text() {
    return new String(body, UTF_8);
  }

  public JsonObject json() {
    return Json.parseObject(body)
        .orElseThrow(() -> new IllegalStateException("not a JSON object: " + text()));
  }

  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .flatMap(entry -> entry.getValue().stream())
        .findFirst();
  }

  @Override
  public String toString() {
    return method + " " + url + " -> " + (answered() ? status + " " + text() : failure);
  }
}
