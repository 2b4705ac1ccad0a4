package org.retellbridge.foundation.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a vendor is asked.
 *
 * @param method {@code GET} or {@code POST}
 * @param server scheme, host and port; the rest of it is not looked at
 * @param target path and query, encoded exactly as they go out
 * @param headers each once; {@code Host} and {@code Content-Length} are added
 * @param body UTF-8 when it goes out
 */
public record Question(
    String method, URI server, String target, Map<String, String> headers, Optional<String> body) {

  /** A question without a body. */
  public static Question get(URI uri, Map<String, String> headers) {
    return get(uri, target(uri), headers);
  }

  /** The same where only path and query differ from question to question. */
  public static Question get(URI server, String target, Map<String, String> headers) {
    return new Question("GET", server, target, headers, Optional.empty());
  }

  /** A question in JSON; {@code headers} need not say so. */
  public static Question post(URI uri, Map<String, String> headers, String json) {
    return new Question("POST", uri, target(uri), headers, Optional.of(json));
  }

  private static String target(URI uri) {
    String path = uri.getRawPath();
    String query = uri.getRawQuery();
    return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  /** Without the target, which may hold a caller's number. */
  @Override
  public String toString() {
    return method + " to " + server.getHost();
  }
}
