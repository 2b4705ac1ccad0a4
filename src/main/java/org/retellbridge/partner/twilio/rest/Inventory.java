package org.retellbridge.partner.twilio.rest;

import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_APPLICATION_SID;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_NUMBER;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_WORKFLOW_SID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.SMS_FROM_NUMBER;
import static org.retellbridge.foundation.settings.Catalogue.SMS_MESSAGING_SERVICE_SID;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_APPLICATION_SID;
import static org.retellbridge.foundation.settings.Catalogue.WORKFLOW_SID;
import static org.retellbridge.foundation.settings.Catalogue.WORKSPACE_SID;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.messaging.v1.Service;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.Masked;

/** What the settings name, looked for among what the account has. */
final class Inventory {
  /** Those that name something of the account. */
  static final List<Setting<?>> SETTINGS =
      List.of(
          TWILIO_APPLICATION_SID,
          FALLBACK_APPLICATION_SID,
          WORKSPACE_SID,
          WORKFLOW_SID,
          FALLBACK_WORKFLOW_SID,
          SMS_MESSAGING_SERVICE_SID,
          SMS_FROM_NUMBER,
          FALLBACK_NUMBER);

  static final String COPY = "Copy it from Twilio's console, of the same account.";

  private static final int UNKNOWN_TO_TWILIO = 20404;
  private static final int NOT_FOUND = 404;

  private final Settings settings;
  private final TwilioRest twilio;

  Inventory(Settings settings, TwilioRest twilio) {
    this.settings = settings;
    this.twilio = twilio;
  }

  /** One for each setting that names something of the account. */
  List<CompletionStage<Diagnosis>> examine() {
    List<CompletionStage<Diagnosis>> all = new ArrayList<>();
    for (Setting<String> setting : List.of(TWILIO_APPLICATION_SID, FALLBACK_APPLICATION_SID)) {
      settings.find(setting).ifPresent(sid -> all.add(application(setting, sid)));
    }
    Optional<String> workspace = settings.find(WORKSPACE_SID);
    workspace.ifPresent(
        sid ->
            all.add(
                exists(
                    WORKSPACE_SID, "workspace", client -> Workspace.fetcher(sid).fetch(client))));
    for (Setting<String> setting : List.of(WORKFLOW_SID, FALLBACK_WORKFLOW_SID)) {
      settings.find(setting).ifPresent(sid -> all.add(workflow(setting, workspace, sid)));
    }
    settings
        .find(SMS_MESSAGING_SERVICE_SID)
        .ifPresent(
            sid ->
                all.add(
                    exists(
                        SMS_MESSAGING_SERVICE_SID,
                        "messaging service",
                        client -> Service.fetcher(sid).fetch(client))));
    settings.find(SMS_FROM_NUMBER).ifPresent(number -> all.add(number(SMS_FROM_NUMBER, number)));
    settings.find(FALLBACK_NUMBER).ifPresent(number -> all.add(fallback(number)));
    settings
        .find(RETELL_AGENTS)
        .ifPresent(agents -> agents.keySet().forEach(to -> all.add(number(RETELL_AGENTS, to))));
    return all;
  }

  private CompletionStage<Diagnosis> application(Setting<String> setting, String sid) {
    return asked(
        setting,
        "TwiML App",
        client -> Application.fetcher(sid).fetch(client),
        application ->
            application.getVoiceUrl() == null
                ? Diagnosis.wrong(
                    setting,
                    "The account has this TwiML App, but it has no voice URL.",
                    "Give it the voice URL of the Studio flow.")
                : Diagnosis.ok(setting, "The account has this TwiML App."));
  }

  private CompletionStage<Diagnosis> workflow(
      Setting<String> setting, Optional<String> workspace, String sid) {
    return workspace.isEmpty()
        ? CompletableFuture.completedStage(
            Diagnosis.unknown(
                setting,
                "Without WORKSPACE_SID nobody can tell whether it exists.",
                "Set WORKSPACE_SID as well."))
        : exists(
            setting, "workflow", client -> Workflow.fetcher(workspace.get(), sid).fetch(client));
  }

  private CompletionStage<Diagnosis> number(Setting<?> setting, String number) {
    String masked = Masked.of(number);
    return asked(
        setting,
        "number",
        client -> numbers(client, number),
        found -> {
          if (found.isEmpty()) {
            return Diagnosis.wrong(
                setting, "The account has no number " + masked + ".", "Set one that it has.");
          }
          return setting != SMS_FROM_NUMBER || sendsSms(found.get())
              ? Diagnosis.ok(setting, "The account has " + masked + ".")
              : Diagnosis.wrong(
                  setting,
                  "The account has " + masked + ", but it cannot send SMS.",
                  "Set a number that can, or SMS_MESSAGING_SERVICE_SID.");
        });
  }

  /** A number of the account itself may lead callers back to where they come from. */
  private CompletionStage<Diagnosis> fallback(String number) {
    String masked = Masked.of(number);
    return asked(
        FALLBACK_NUMBER,
        "number",
        client -> numbers(client, number),
        found -> {
          if (found.isEmpty()) {
            return new Diagnosis(
                FALLBACK_NUMBER.variable(),
                Diagnosis.Result.NOT_EXAMINED,
                "It was not examined, because "
                    + masked
                    + " is not the account's: only a call shows whether somebody answers there.",
                "");
          }
          return JsonText.text(found.get(), "voice_url").filter(Inventory::comesBack).isPresent()
              ? Diagnosis.wrong(
                  FALLBACK_NUMBER,
                  "The account's number "
                      + masked
                      + " asks a bridge at /start, so callers would come back.",
                  "Set a number where people answer.")
              : Diagnosis.ok(FALLBACK_NUMBER, "The account has " + masked + ".");
        });
  }

  private static boolean comesBack(String voiceUrl) {
    return voiceUrl.replaceFirst("[?#].*", "").endsWith("/start");
  }

  /** Read as JSON: the SDK's class knows the capabilities' names in one spelling only. */
  static Optional<JsonObject> numbers(TwilioRestClient client, String number) {
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

  private CompletionStage<Diagnosis> exists(
      Setting<String> setting, String what, Function<TwilioRestClient, ?> request) {
    return asked(
        setting,
        what,
        request,
        resource -> Diagnosis.ok(setting, "The account has this " + what + "."));
  }

  private <T> CompletionStage<Diagnosis> asked(
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

  static Diagnosis notTold(Setting<?> setting, Throwable thrown) {
    return Diagnosis.unknown(
        setting, "Twilio did not say: " + words(thrown) + ".", "Try again in a minute.");
  }

  private static boolean gone(int code) {
    return code == UNKNOWN_TO_TWILIO || code == NOT_FOUND;
  }

  static String words(Throwable thrown) {
    return VendorFailure.behind(TwilioRest.VENDOR, thrown).words();
  }
}
