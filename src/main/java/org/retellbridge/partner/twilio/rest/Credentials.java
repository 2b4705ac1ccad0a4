package org.retellbridge.partner.twilio.rest;

import static org.retellbridge.foundation.settings.Catalogue.ACCOUNT_SID;
import static org.retellbridge.foundation.settings.Catalogue.AUTH_TOKEN;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_KEY_SECRET;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_KEY_SID;

import com.twilio.rest.api.v2010.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.checkup.Diagnoses;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/** Account, tokens and API key, shown to Twilio. */
final class Credentials {
  /** Those that are examined. */
  static final List<Setting<?>> SETTINGS = List.of(ACCOUNT_SID, AUTH_TOKEN, TWILIO_API_KEY_SID);

  private final Settings settings;
  private final TwilioRest twilio;
  private final String account;
  private final List<String> tokens;

  /** There is an account. */
  Credentials(Settings settings, TwilioRest twilio) {
    this.settings = settings;
    this.twilio = twilio;
    this.account = settings.get(ACCOUNT_SID);
    this.tokens = settings.get(AUTH_TOKEN);
  }

  /**
   * Those that everything else is asked with; unless all is well, what is wrong stands first. Asked
   * with the token, because an API key may not read accounts; calls then use the key.
   */
  CompletionStage<List<Diagnosis>> first() {
    return twilio
        .askWithToken(
            "the account", tokens.get(0), client -> Account.fetcher(account).fetch(client))
        .handle((reply, thrown) -> ofAccount(reply, thrown))
        .thenCompose(
            found ->
                settings.find(TWILIO_API_KEY_SID).isPresent() && wellAtFirst(found)
                    ? key()
                        .thenApply(key -> isOk(key) ? found : Diagnoses.joined(List.of(key), found))
                    : CompletableFuture.completedStage(found));
  }

  /** The others. */
  List<CompletionStage<Diagnosis>> further() {
    List<CompletionStage<Diagnosis>> all = new ArrayList<>();
    for (int i = 1; i < tokens.size(); i++) {
      all.add(token(tokens.get(i), "token " + (i + 1) + " of AUTH_TOKEN"));
    }
    if (settings.find(TWILIO_API_KEY_SECRET).isPresent()) {
      all.add(key());
    }
    return all;
  }

  static boolean wellAtFirst(List<Diagnosis> found) {
    return isOk(found.get(0));
  }

  private static boolean isOk(Diagnosis diagnosis) {
    return diagnosis.result() == Diagnosis.Result.OK;
  }

  private List<Diagnosis> ofAccount(TwilioReply<Account> reply, Throwable thrown) {
    if (thrown != null) {
      return List.of(
          Diagnosis.unknown(
              TWILIO_API_BASE_URL,
              "Twilio gave no usable answer: " + AccountReader.words(thrown) + ".",
              "See that this server may reach Twilio over HTTPS, or leave the setting out."));
    }
    if (reply instanceof TwilioReply.Refused<Account> refused) {
      String seen =
          "Twilio refuses ACCOUNT_SID with the first of AUTH_TOKEN (code " + refused.code() + ").";
      return List.of(
          Diagnosis.wrong(ACCOUNT_SID, seen, AccountReader.COPY),
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
        .ask("the numbers", Repeat.IF_HARMLESS, client -> OwnNumbers.find(client, "+"))
        .handle(
            (reply, thrown) -> {
              if (thrown != null) {
                return AccountReader.notTold(TWILIO_API_KEY_SID, thrown);
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

  /** Twilio takes the primary and the secondary token of an account, and no other. */
  private CompletionStage<Diagnosis> token(String token, String which) {
    return twilio
        .askWithToken(which, token, client -> Account.fetcher(account).fetch(client))
        .handle(
            (reply, thrown) -> {
              if (thrown != null) {
                return AccountReader.notTold(AUTH_TOKEN, thrown);
              }
              return reply instanceof TwilioReply.Refused<Account> refused
                  ? Diagnosis.wrong(
                      AUTH_TOKEN,
                      "Twilio refuses " + which + " (code " + refused.code() + ").",
                      "Correct it, or take it out: what Twilio refuses does not sign either.")
                  : Diagnosis.ok(AUTH_TOKEN, "Twilio takes " + which + ".");
            });
  }
}
