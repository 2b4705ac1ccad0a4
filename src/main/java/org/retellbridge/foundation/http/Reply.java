package org.retellbridge.foundation.http;

import java.util.List;
import java.util.Optional;

/**
 * What a vendor answered, whatever the status: redirects are not followed.
 *
 * @param status the HTTP status
 * @param headers in the order in which they came
 * @param body read as UTF-8
 */
public record Reply(int status, List<Header> headers, String body) {

  /** One header line. */
  public record Header(String name, String value) {}

  /** The first value of a header, whatever its case. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Without headers and body, which may hold what a customer said. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
