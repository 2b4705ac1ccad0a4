package org.retellbridge.partner.twilio.rest;

import static org.retellbridge.foundation.settings.Catalogue.ACCOUNT_SID;
import static org.retellbridge.foundation.settings.Catalogue.AUTH_TOKEN;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_KEY_SECRET;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_KEY_SID;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_EDGE;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_REGION;

import com.twilio.rest.api.v2010.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Unexamined;
import org.retellbridge.foundation.resilience.Repeat;
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
    List<Diagnosis> first = new ArrayList<>();
    boolean region = settings.find(TWILIO_REGION).isPresent();
    if (region != settings.find(TWILIO_EDGE).isPresent()) {
      first.add(
          Diagnosis.wrong(
              region ? TWILIO_EDGE : TWILIO_REGION,
              "It is missing beside " + (region ? "TWILIO_REGION" : "TWILIO_EDGE") + ".",
              "Set both or neither; one alone is ignored."));
    }
    if (settings.find(ACCOUNT_SID).isEmpty()) {
      first.add(
          Diagnosis.unknown(
              ACCOUNT_SID,
              "It is not set, so there are no hand-overs, no SMS and no tasks.",
              "Set it if you want those."));
      return CompletableFuture.completedStage(withRest(first, "ACCOUNT_SID is not set"));
    }
    return account()
        .thenCompose(
            account -> {
              first.addAll(account);
              return account.get(0).result() == Diagnosis.Result.OK
                  ? together(first, more())
                  : CompletableFuture.completedStage(withRest(first, reason(account.get(0))));
            });
  }

  private static String reason(Diagnosis first) {
    return first.result() == Diagnosis.Result.WRONG
        ? "Twilio does not take " + first.setting()
        : "Twilio gave no usable answer";
  }

  private List<Diagnosis> withRest(List<Diagnosis> found, String reason) {
    List<Setting<?>> rest = new ArrayList<>(List.of(ACCOUNT_SID, AUTH_TOKEN, TWILIO_API_KEY_SID));
    rest.addAll(Inventory.SETTINGS);
    return Unexamined.with(found, settings, rest, reason);
  }

  /** With the token, because an API key may not read accounts; calls then use the key. */
  private CompletionStage<List<Diagnosis>> account() {
    String account = settings.get(ACCOUNT_SID);
    return twilio
        .askWithToken(
            "the account", tokens().get(0), client -> Account.fetcher(account).fetch(client))
        .handle((reply, thrown) -> ofAccount(reply, thrown))
        .thenCompose(
            found ->
                settings.find(TWILIO_API_KEY_SID).isPresent()
                        && found.get(0).result() == Diagnosis.Result.OK
                    ? key()
                        .thenApply(
                            key -> key.result() == Diagnosis.Result.OK ? found : before(key, found))
                    : CompletableFuture.completedStage(found));
  }

  private static List<Diagnosis> before(Diagnosis first, List<Diagnosis> others) {
    List<Diagnosis> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  private List<Diagnosis> ofAccount(TwilioReply<Account> reply, Throwable thrown) {
    if (thrown != null) {
      return List.of(
          Diagnosis.unknown(
              TWILIO_API_BASE_URL,
              "Twilio gave no usable answer: " + Inventory.words(thrown) + ".",
              "See that this server may reach Twilio over HTTPS, or leave the setting out."));
    }
    if (reply instanceof TwilioReply.Refused<Account> refused) {
      String seen =
          "Twilio refuses ACCOUNT_SID with the first of AUTH_TOKEN (code " + refused.code() + ").";
      return List.of(
          Diagnosis.wrong(ACCOUNT_SID, seen, Inventory.COPY),
          Diagnosis.wrong(
              AUTH_TOKEN,
              seen,
              "Set it to the account's auth token; in another region, that region's token with"
                  + " TWILIO_REGION and TWILIO_EDGE."),
          answering());
    }
    Account account = ((TwilioReply.Done<Account>) reply).resource();
    return account.getStatus() == Account.Status.ACTIVE
        ? List.of(
            Diagnosis.ok(ACCOUNT_SID, "The account is active."),
            Diagnosis.ok(AUTH_TOKEN, "Twilio takes its first token."),
            answering())
        : List.of(
            Diagnosis.wrong(
                ACCOUNT_SID, "The account is not active.", "Activate it in Twilio's console."),
            answering());
  }

  private Diagnosis answering() {
    return Diagnosis.ok(
        TWILIO_API_BASE_URL,
        settings.find(TWILIO_API_BASE_URL).isPresent()
            ? "Twilio's API answers there."
            : "It is not set; Twilio's own address answers.");
  }

  private CompletionStage<Diagnosis> key() {
    return twilio
        .ask("the numbers", Repeat.IF_HARMLESS, client -> Inventory.numbers(client, "+"))
        .handle(
            (reply, thrown) -> {
              if (thrown != null) {
                return Inventory.notTold(TWILIO_API_KEY_SID, thrown);
              }
              return reply instanceof TwilioReply.Refused<?> refused
                  ? Diagnosis.wrong(
                      TWILIO_API_KEY_SID,
                      "Twilio refuses this key and TWILIO_API_KEY_SECRET (code "
                          + refused.code()
                          + ").",
                      "Make a key of the same account and region, or leave both out.")
                  : Diagnosis.ok(TWILIO_API_KEY_SID, "Twilio takes this key and its secret.");
            });
  }

  private List<CompletionStage<Diagnosis>> more() {
    List<CompletionStage<Diagnosis>> all = new ArrayList<>();
    for (int i = 1; i < tokens().size(); i++) {
      all.add(furtherToken(i));
    }
    if (settings.find(TWILIO_API_KEY_SECRET).isPresent()) {
      all.add(key());
    }
    all.addAll(new Inventory(settings, twilio).examine());
    return all;
  }

  /** Twilio takes the primary and the secondary token of an account, and no other. */
  private CompletionStage<Diagnosis> furtherToken(int index) {
    String account = settings.get(ACCOUNT_SID);
    String which = "token " + (index + 1) + " of AUTH_TOKEN";
    return twilio
        .askWithToken(which, tokens().get(index), client -> Account.fetcher(account).fetch(client))
        .handle(
            (reply, thrown) -> {
              if (thrown != null) {
                return Inventory.notTold(AUTH_TOKEN, thrown);
              }
              return reply instanceof TwilioReply.Refused<Account> refused
                  ? Diagnosis.wrong(
                      AUTH_TOKEN,
                      "Twilio refuses " + which + " (code " + refused.code() + ").",
                      "Correct it, or take it out: what Twilio refuses does not sign either.")
                  : Diagnosis.ok(AUTH_TOKEN, "Twilio takes " + which + ".");
            });
  }

  private List<String> tokens() {
    return settings.get(AUTH_TOKEN);
  }

  private static CompletionStage<List<Diagnosis>> together(
      List<Diagnosis> first, List<CompletionStage<Diagnosis>> stages) {
    CompletionStage<List<Diagnosis>> all = CompletableFuture.completedStage(first);
    for (CompletionStage<Diagnosis> stage : stages) {
      all =
          all.thenCombine(
              stage,
              (list, one) -> {
                List<Diagnosis> more = new ArrayList<>(list);
                more.add(one);
                return more;
              });
    }
    return all;
  }
}
