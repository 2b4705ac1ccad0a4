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

  /** Scheme, host, port and prefix; empty when the proxy says nothing of the host. */
  static Optional<String> base(SignedRequest request) {
    Optional<String> standard = request.header("Forwarded").map(Forwarded::first);
    if (standard.isPresent()) {
      Optional<String> proto = find(PROTO, standard.get());
      Optional<String> host = find(HOST, standard.get());
      if (proto.isPresent() && host.isPresent()) {
        return Optional.of((proto.get() + "://" + host.get()).toLowerCase(Locale.ROOT));
      }
    }
    Optional<String> host = request.header("X-Forwarded-Host").map(Forwarded::first);
    if (host.isEmpty()) {
      return Optional.empty();
    }
    String proto = request.header("X-Forwarded-Proto").map(Forwarded::first).orElse("https");
    String origin = (proto + "://" + host.get()).toLowerCase(Locale.ROOT);
    String port =
        host.get().matches(".*:[0-9]+")
            ? ""
            : request
                .header("X-Forwarded-Port")
                .map(Forwarded::first)
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(text -> ":" + text)
                .orElse("");
    String prefix =
        request
            .header("X-Forwarded-Prefix")
            .map(Forwarded::first)
            .filter(text -> text.startsWith("/"))
            .map(text -> text.replaceAll("/+$", ""))
            .orElse("");
    return Optional.of(origin + port + prefix);
  }

  private static String first(String list) {
    return list.split(",", 2)[0].strip();
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
