package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire; nothing is decoded before somebody asks.
 *
 * @param target the request target, raw: path and query
 * @param headers by lower-case name; a repeated header is joined by a comma
 */
public record Request(String method, String target, Map<String, String> headers, byte[] body) {

  public String rawPath() {
    int at = target.indexOf('?');
    return at < 0 ? target : target.substring(0, at);
  }

  /** The raw query, empty without one. */
  public String rawQuery() {
    int at = target.indexOf('?');
    return at < 0 ? "" : target.substring(at + 1);
  }

  public Fields query() {
    return Fields.parse(rawQuery());
  }

  public Fields form() {
    return header("content-type").orElse("").startsWith("application/x-www-form-urlencoded")
        ? Fields.parse(text())
        : new Fields();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
  }

  public String text() {
    return new String(body, UTF_8);
  }

  /** User and password of a Basic authorization, joined by a colon. */
  public Optional<String> basicCredentials() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
        .map(value -> value.substring(6).trim())
        .flatMap(Request::decoded);
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
