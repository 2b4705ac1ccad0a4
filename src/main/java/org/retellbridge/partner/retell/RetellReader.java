package org.retellbridge.partner.retell;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.http.Question;
import org.retellbridge.foundation.http.Reply;
import org.retellbridge.foundation.resilience.OwnFault;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/** Reads from Retell with one of its keys, past what guards calls. */
final class RetellReader {
  private static final Duration BUDGET = Duration.ofSeconds(8);

  private final NonBlockingHttp http;
  private final String base;
  private final Map<String, String> headers;

  RetellReader(NonBlockingHttp http, Settings settings, String key) {
    this.http = http;
    this.base = settings.get(Catalogue.RETELL_API_BASE_URL).toString().replaceFirst("/+$", "");
    this.headers = RetellCalls.headers(key);
  }

  /** Fails with a {@link VendorFailure} or what {@link #failure} makes one of. */
  CompletionStage<String> get(String path) {
    return ask(path).thenApply(RetellCalls::body);
  }

  /** Any answer, whatever its status. */
  CompletionStage<Reply> ask(String path) {
    return http.ask(Question.get(URI.create(base + path), headers), BUDGET);
  }

  /** Once for each question: a fault of the bridge is told. */
  static VendorFailure failure(Throwable thrown) {
    return OwnFault.told(RetellCalls.VENDOR, thrown);
  }
}
