package org.retellbridge.partner.retell;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_WEBHOOK_KEY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnoses;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Settings;

/**
 * Asks Retell about each key that verifies signatures: they are keys of its API too. Which of them
 * bears the webhook badge, Retell's API does not say.
 */
@ApplicationScoped
public class WebhookKeysCheckup implements Checkup {
  private static final int UNAUTHORIZED = 401;

  private NonBlockingHttp http;
  private Settings settings;
  private List<String> keys = List.of();

  WebhookKeysCheckup() {}

  @Inject
  WebhookKeysCheckup(Settings settings, NonBlockingHttp http) {
    this.http = http;
    this.settings = settings;
    this.keys = settings.find(RETELL_WEBHOOK_KEY).orElse(List.of());
  }

  @Override
  public CompletionStage<List<Diagnosis>> examine() {
    List<CompletionStage<Diagnosis>> all = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String which = keys.size() == 1 ? "this key" : "key " + (i + 1) + " of the list";
      all.add(examined(keys.get(i), which));
    }
    return Diagnoses.joined(List.of(), all);
  }

  private CompletionStage<Diagnosis> examined(String key, String which) {
    return new RetellReader(http, settings, key)
        .get("/get-api-key-info")
        .handle((body, thrown) -> thrown == null ? known(which) : notKnown(which, thrown));
  }

  private static Diagnosis known(String which) {
    return Diagnosis.unknown(
        RETELL_WEBHOOK_KEY,
        "Retell knows " + which + ", but does not say whether it bears the webhook badge.",
        "See in Retell's dashboard that the key with the badge is here.");
  }

  private static Diagnosis notKnown(String which, Throwable thrown) {
    VendorFailure failure = RetellReader.failure(thrown);
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
}
