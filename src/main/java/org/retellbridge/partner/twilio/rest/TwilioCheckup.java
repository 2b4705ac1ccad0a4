package org.retellbridge.partner.twilio.rest;

import static org.retellbridge.foundation.settings.Catalogue.ACCOUNT_SID;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_EDGE;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_REGION;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnoses;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Unexamined;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/** Reads from Twilio everything that the settings name, with the credentials that calls use. */
@ApplicationScoped
public class TwilioCheckup implements Checkup {
  private Settings settings;
  private TwilioRest twilio;

  TwilioCheckup() {}

  @Inject
  TwilioCheckup(Settings settings, TwilioRest twilio) {
    this.settings = settings;
    this.twilio = twilio;
  }

  @Override
  public CompletionStage<List<Diagnosis>> examine() {
    List<Diagnosis> region = region();
    if (settings.find(ACCOUNT_SID).isEmpty()) {
      Diagnosis none =
          Diagnosis.unknown(
              ACCOUNT_SID,
              "It is not set, so there are no hand-overs, no SMS and no tasks.",
              "Set it if you want those.");
      return CompletableFuture.completedStage(
          withRest(Diagnoses.joined(region, List.of(none)), "ACCOUNT_SID is not set"));
    }
    Credentials credentials = new Credentials(settings, twilio);
    return credentials
        .first()
        .thenCompose(
            first -> {
              List<Diagnosis> found = Diagnoses.joined(region, first);
              return Credentials.wellAtFirst(first)
                  ? Diagnoses.joined(found, more(credentials))
                  : CompletableFuture.completedStage(withRest(found, reason(first.get(0))));
            });
  }

  private List<Diagnosis> region() {
    boolean region = settings.find(TWILIO_REGION).isPresent();
    return region == settings.find(TWILIO_EDGE).isPresent()
        ? List.of()
        : List.of(
            Diagnosis.wrong(
                region ? TWILIO_EDGE : TWILIO_REGION,
                "It is missing beside " + (region ? "TWILIO_REGION" : "TWILIO_EDGE") + ".",
                "Set both or neither; one alone is ignored."));
  }

  private static String reason(Diagnosis first) {
    return first.result() == Diagnosis.Result.WRONG
        ? "Twilio does not take " + first.setting()
        : "Twilio gave no usable answer";
  }

  private List<Diagnosis> withRest(List<Diagnosis> found, String reason) {
    List<Setting<?>> rest = new ArrayList<>(Credentials.SETTINGS);
    rest.addAll(Inventory.SETTINGS);
    return Unexamined.with(found, settings, rest, reason);
  }

  private List<CompletionStage<Diagnosis>> more(Credentials credentials) {
    List<CompletionStage<Diagnosis>> all = new ArrayList<>(credentials.further());
    all.addAll(new Inventory(settings, twilio).examine());
    return all;
  }
}
