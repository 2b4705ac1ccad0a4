package org.retellbridge.partner.twilio.rest;

import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_NUMBER;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.SMS_FROM_NUMBER;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.OwnPaths;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.telephony.PhoneNumber;

/** The phone numbers that the settings name, looked for among the account's. */
final class OwnNumbers {
  private final AccountReader account;

  OwnNumbers(AccountReader account) {
    this.account = account;
  }

  /** Calls come in there. */
  CompletionStage<Diagnosis> called(PhoneNumber number) {
    return look(
        RETELL_AGENTS,
        number,
        () -> missing(RETELL_AGENTS, number),
        one -> there(RETELL_AGENTS, number));
  }

  /** SMS come from there. Short codes and sender ids are not among an account's numbers. */
  CompletionStage<Diagnosis> texting(String sender) {
    Optional<PhoneNumber> telephone = PhoneNumber.parse(sender);
    if (telephone.isEmpty()) {
      return CompletableFuture.completedStage(
          new Diagnosis(
              SMS_FROM_NUMBER.variable(),
              Diagnosis.Result.NOT_EXAMINED,
              "It was not examined, because it is no telephone number but a short code or a sender"
                  + " id: only a message shows whether it may send.",
              ""));
    }
    PhoneNumber number = telephone.get();
    return look(
        SMS_FROM_NUMBER,
        number,
        () -> missing(SMS_FROM_NUMBER, number),
        one ->
            sendsSms(one)
                ? there(SMS_FROM_NUMBER, number)
                : Diagnosis.wrong(
                    SMS_FROM_NUMBER,
                    "The account has " + number + ", but it cannot send SMS.",
                    "Set a number that can, or SMS_MESSAGING_SERVICE_SID."));
  }

  /**
   * Callers are sent there. A number of the account itself may lead them back to where they come
   * from.
   */
  CompletionStage<Diagnosis> fallback(PhoneNumber number) {
    return look(
        FALLBACK_NUMBER,
        number,
        () ->
            new Diagnosis(
                FALLBACK_NUMBER.variable(),
                Diagnosis.Result.NOT_EXAMINED,
                "It was not examined, because "
                    + number
                    + " is not the account's: only a call shows whether somebody answers there.",
                ""),
        one ->
            comesBack(one)
                ? Diagnosis.wrong(
                    FALLBACK_NUMBER,
                    "The account's number "
                        + number
                        + " asks a bridge at /start, so callers would come back.",
                    "Set a number where people answer.")
                : there(FALLBACK_NUMBER, number));
  }

  private CompletionStage<Diagnosis> look(
      Setting<?> setting,
      PhoneNumber number,
      Supplier<Diagnosis> absent,
      Function<JsonObject, Diagnosis> judge) {
    return account.read(
        setting,
        "number",
        client -> find(client, number.value()),
        found -> found.map(judge).orElseGet(absent));
  }

  private static Diagnosis missing(Setting<?> setting, PhoneNumber number) {
    return Diagnosis.wrong(
        setting, "The account has no number " + number + ".", "Set one that it has.");
  }

  private static Diagnosis there(Setting<?> setting, PhoneNumber number) {
    return Diagnosis.ok(setting, "The account has " + number + ".");
  }

  /** Read as JSON: the SDK's class knows the capabilities' names in one spelling only. */
  static Optional<JsonObject> find(TwilioRestClient client, String number) {
    Request request =
        new Request(
            HttpMethod.GET,
            Domains.API.toString(),
            "/2010-04-01/Accounts/" + client.getAccountSid() + "/IncomingPhoneNumbers.json");
    request.addQueryParam("PhoneNumber", number);
    return JsonText.parseObject(client.request(request).getContent()).stream()
        .map(json -> json.get("incoming_phone_numbers"))
        .filter(JsonArray.class::isInstance)
        .flatMap(list -> ((JsonArray) list).stream())
        .filter(JsonObject.class::isInstance)
        .map(JsonValue::asJsonObject)
        .filter(one -> JsonText.text(one, "phone_number").filter(number::equals).isPresent())
        .findFirst();
  }

  private static boolean sendsSms(JsonObject number) {
    return number.get("capabilities") instanceof JsonObject capabilities
        && capabilities.entrySet().stream()
            .anyMatch(
                one ->
                    one.getKey().equalsIgnoreCase("sms") && JsonValue.TRUE.equals(one.getValue()));
  }

  private static boolean comesBack(JsonObject number) {
    return JsonText.text(number, "voice_url")
        .filter(url -> url.replaceFirst("[?#].*", "").endsWith(OwnPaths.START))
        .isPresent();
  }
}
