package org.retellbridge.foundation.webhooks;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a trusted proxy says of the URL that was requested: {@code Forwarded} (RFC 7239), else
 * {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port} and {@code -Prefix}. The first value of a
 * list is the one nearest to the vendor.
 */
final class Forwarded {
  private static final Pattern PROTO = Pattern.compile("(?i)\\bproto=\"?(https?)\"?");
  private static final Pattern HOST = Pattern.compile("(?i)\\bhost=\"?([^\",;\\s]+)\"?");

  private Forwarded() {}

  /**
   * Scheme, host, port and prefix; empty when the proxy says nothing. Many proxies tell the scheme
   * alone and hand the Host header on, so the host that this server sees stands in.
   */
  static Optional<String> base(SignedRequest request) {
    Optional<String> standard = told(request, "Forwarded");
    Optional<String> proto =
        standard.flatMap(text -> find(PROTO, text)).or(() -> told(request, "X-Forwarded-Proto"));
    Optional<String> host =
        standard.flatMap(text -> find(HOST, text)).or(() -> told(request, "X-Forwarded-Host"));
    if (proto.isEmpty() && host.isEmpty()) {
      return Optional.empty();
    }
    String authority = host.orElseGet(request::seenHost);
    String origin = (proto.orElse("https") + "://" + authority).toLowerCase(Locale.ROOT);
    return Optional.of(origin + port(request, authority) + prefix(request));
  }

  private static String port(SignedRequest request, String authority) {
    if (authority.matches(".*:[0-9]+")) {
      return "";
    }
    return told(request, "X-Forwarded-Port")
        .filter(text -> text.matches("[0-9]{1,5}"))
        .map(text -> ":" + text)
        .orElse("");
  }

  private static String prefix(SignedRequest request) {
    return told(request, "X-Forwarded-Prefix")
        .filter(text -> text.startsWith("/"))
        .map(text -> text.replaceAll("/+$", ""))
        .orElse("");
  }

  private static Optional<String> told(SignedRequest request, String header) {
    return request.header(header).map(list -> list.split(",", 2)[0].strip());
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
