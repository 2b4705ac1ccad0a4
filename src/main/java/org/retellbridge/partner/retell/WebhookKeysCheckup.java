package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_WEBHOOK_KEY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.http.Question;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Settings;

/**
 * Asks Retell about each key that verifies signatures: they are keys of its API too. Which of them
 * bears the webhook badge, Retell's API does not say.
 */
@ApplicationScoped
public class WebhookKeysCheckup implements Checkup {
  private static final Duration BUDGET = Duration.ofSeconds(8);
  private static final int UNAUTHORIZED = 401;

  private NonBlockingHttp http;
  private URI address;
  private List<String> keys = List.of();

  WebhookKeysCheckup() {}

  @Inject
  WebhookKeysCheckup(Settings settings, NonBlockingHttp http) {
    this.http = http;
    String base = settings.get(RETELL_API_BASE_URL).toString().replaceFirst("/+$", "");
    this.address = URI.create(base + "/get-api-key-info");
    this.keys = settings.find(RETELL_WEBHOOK_KEY).orElse(List.of());
  }

  @Override
  public CompletionStage<List<Diagnosis>> examine() {
    CompletionStage<List<Diagnosis>> all = CompletableFuture.completedStage(List.of());
    for (int i = 0; i < keys.size(); i++) {
      String which = keys.size() == 1 ? "this key" : "key " + (i + 1) + " of the list";
      all = all.thenCombine(examined(keys.get(i), which), WebhookKeysCheckup::with);
    }
    return all;
  }

  private CompletionStage<Diagnosis> examined(String key, String which) {
    return http.ask(Question.get(address, RetellCalls.headers(key)), BUDGET)
        .thenApply(RetellCalls::body)
        .handle((body, thrown) -> thrown == null ? known(which) : notKnown(which, thrown));
  }

  private static Diagnosis known(String which) {
    return Diagnosis.unknown(
        RETELL_WEBHOOK_KEY,
        "Retell knows " + which + ", but does not say whether it bears the webhook badge.",
        "See in Retell's dashboard that the key with the badge is here.");
  }

  private static Diagnosis notKnown(String which, Throwable thrown) {
    VendorFailure failure = VendorFailure.behind(RetellCalls.VENDOR, thrown);
    return failure.status() == UNAUTHORIZED
        ? Diagnosis.wrong(
            RETELL_WEBHOOK_KEY,
            "Retell refuses " + which + " (HTTP 401).",
            "Correct it, or take it out: a key that was deleted does not sign either.")
        : Diagnosis.unknown(
            RETELL_WEBHOOK_KEY,
            "Retell did not say whether it knows " + which + ": " + failure.words() + ".",
            "Try again; if it stays so, look at Retell's status page.");
  }

  private static List<Diagnosis> with(List<Diagnosis> all, Diagnosis one) {
    List<Diagnosis> more = new ArrayList<>(all);
    more.add(one);
    return more;
  }
}
