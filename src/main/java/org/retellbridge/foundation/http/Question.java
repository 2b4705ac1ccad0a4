package org.retellbridge.foundation.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a vendor is asked.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri absolute, path and query encoded exactly as they go out
 * @param headers each once; {@code Host} and {@code Content-Length} are added
 * @param body UTF-8 when it goes out
 */
public record Question(String method, URI uri, Map<String, String> headers, Optional<String> body) {

  /** A question without a body. */
  public static Question get(URI uri, Map<String, String> headers) {
    return new Question("GET", uri, headers, Optional.empty());
  }

  /** A question in JSON; {@code headers} need not say so. */
  public static Question post(URI uri, Map<String, String> headers, String json) {
    return new Question("POST", uri, headers, Optional.of(json));
  }

  /** Without the URI, which may hold a caller's number. */
  @Override
  public String toString() {
    return method + " to " + uri.getHost();
  }
}
