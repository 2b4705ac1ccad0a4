package org.retellbridge.twin.twilio;

import java.net.URI;
import java.time.Duration;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;

/**
 * What the fragment of a webhook's URL may change (documented): {@code rc} repeats, {@code rp}
 * after what, {@code tt} the limit over all. By default one repeat, after a failed connection only.
 */
record ConnectionOverrides(int repeats, String after, Duration total) {

  private static final int DEFAULT_TOTAL_MS = 15_000;

  static ConnectionOverrides of(URI url) {
    Fields given = Fields.parse(url.getRawFragment());
    return new ConnectionOverrides(
        given.first("rc").map(Integer::parseInt).orElse(1),
        given.first("rp").orElse("ct"),
        Duration.ofMillis(given.first("tt").map(Integer::parseInt).orElse(DEFAULT_TOTAL_MS)));
  }

  boolean repeat(Exchange exchange) {
    if (after.contains("all")) {
      return !exchange.ok();
    }
    if (!exchange.answered()) {
      return exchange.neverConnected() ? after.contains("ct") : after.contains("rt");
    }
    return (exchange.status() >= 500 && after.contains("5xx"))
        || (exchange.status() / 100 == 4 && after.contains("4xx"));
  }
}
