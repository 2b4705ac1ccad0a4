package org.retellbridge.partner.twilio.rest;

import com.twilio.http.TwilioRestClient;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Setting;

/** Reads one thing of the account and has what is found judged. */
final class AccountReader {
  static final String COPY = "Copy it from Twilio's console, of the same account.";

  private static final int UNKNOWN_TO_TWILIO = 20404;
  private static final int NOT_FOUND = 404;

  private final TwilioRest twilio;

  AccountReader(TwilioRest twilio) {
    this.twilio = twilio;
  }

  /**
   * Never fails: what Twilio does not tell stays unknown.
   *
   * @param setting what names it
   * @param what what it is, in words for people
   */
  <T> CompletionStage<Diagnosis> read(
      Setting<?> setting,
      String what,
      Function<TwilioRestClient, T> request,
      Function<T, Diagnosis> judge) {
    return twilio
        .ask("the " + what, Repeat.IF_HARMLESS, request)
        .handle(
            (reply, thrown) -> {
              if (thrown != null) {
                return notTold(setting, thrown);
              }
              if (reply instanceof TwilioReply.Refused<T> refused) {
                return gone(refused.code())
                    ? Diagnosis.wrong(setting, "The account has no such " + what + ".", COPY)
                    : Diagnosis.unknown(
                        setting,
                        "Twilio does not let us read it (code " + refused.code() + ").",
                        "Look it up in Twilio's console.");
              }
              return judge.apply(((TwilioReply.Done<T>) reply).resource());
            });
  }

  private static boolean gone(int code) {
    return code == UNKNOWN_TO_TWILIO || code == NOT_FOUND;
  }

  static Diagnosis notTold(Setting<?> setting, Throwable thrown) {
    return Diagnosis.unknown(
        setting, "Twilio did not say: " + words(thrown) + ".", "Try again in a minute.");
  }

  static String words(Throwable thrown) {
    return VendorFailure.behind(TwilioRest.VENDOR, thrown).words();
  }
}
