package org.retellbridge.partner.twilio.rest;

import static org.retellbridge.foundation.settings.Catalogue.ACCOUNT_SID;
import static org.retellbridge.foundation.settings.Catalogue.AUTH_TOKEN;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_APPLICATION_SID;
import static org.retellbridge.foundation.settings.Catalogue.FALLBACK_WORKFLOW_SID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_AGENTS;
import static org.retellbridge.foundation.settings.Catalogue.SMS_FROM_NUMBER;
import static org.retellbridge.foundation.settings.Catalogue.SMS_MESSAGING_SERVICE_SID;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_KEY_SECRET;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_KEY_SID;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_APPLICATION_SID;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_EDGE;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_REGION;
import static org.retellbridge.foundation.settings.Catalogue.WORKFLOW_SID;
import static org.retellbridge.foundation.settings.Catalogue.WORKSPACE_SID;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.messaging.v1.Service;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.checkup.Checkup;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.Masked;

/** Reads from Twilio everything that the settings name, with the credentials that calls use. */
@ApplicationScoped
public class TwilioCheckup implements Checkup {
  private static final int UNKNOWN_TO_TWILIO = 20404;
  private static final int NOT_FOUND = 404;
  private static final String COPY = "Copy it from Twilio's console, of the same account.";

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
      return CompletableFuture.completedStage(first);
    }
    return account()
        .thenCompose(
            account -> {
              first.addAll(account);
              return account.get(0).result() == Diagnosis.Result.OK
                  ? together(first, owned())
                  : CompletableFuture.completedStage(first);
            });
  }

  /** With the token, because an API key may not read accounts; calls then use the key. */
  private CompletionStage<List<Diagnosis>> account() {
    String account = settings.get(ACCOUNT_SID);
    return twilio
        .askWithToken("the account", client -> Account.fetcher(account).fetch(client))
        .handle((reply, thrown) -> ofAccount(reply, thrown))
        .thenCompose(
            found ->
                settings.find(TWILIO_API_KEY_SID).isPresent()
                        && found.get(0).result() == Diagnosis.Result.OK
                    ? key()
                        .thenApply(
                            key ->
                                key.result() == Diagnosis.Result.OK
                                    ? found
                                    : List.of(key, found.get(0)))
                    : CompletableFuture.completedStage(found));
  }

  private List<Diagnosis> ofAccount(TwilioReply<Account> reply, Throwable thrown) {
    if (thrown != null) {
      return List.of(
          Diagnosis.unknown(
              TWILIO_API_BASE_URL,
              "Twilio gave no usable answer: " + words(thrown) + ".",
              "See that this server may reach Twilio over HTTPS, or leave the setting out."));
    }
    if (reply instanceof TwilioReply.Refused<Account> refused) {
      String seen =
          "Twilio refuses ACCOUNT_SID with the first of AUTH_TOKEN (code " + refused.code() + ").";
      return List.of(
          Diagnosis.wrong(ACCOUNT_SID, seen, COPY),
          Diagnosis.wrong(
              AUTH_TOKEN,
              seen,
              "Set it to the account's auth token; in another region, that region's token with"
                  + " TWILIO_REGION and TWILIO_EDGE."));
    }
    Account account = ((TwilioReply.Done<Account>) reply).resource();
    return account.getStatus() == Account.Status.ACTIVE
        ? List.of(
            Diagnosis.ok(ACCOUNT_SID, "The account is active."),
            Diagnosis.ok(AUTH_TOKEN, "Twilio takes its first token."))
        : List.of(
            Diagnosis.wrong(
                ACCOUNT_SID, "The account is not active.", "Activate it in Twilio's console."));
  }

  private CompletionStage<Diagnosis> key() {
    return twilio
        .ask("the numbers", Repeat.IF_HARMLESS, client -> numbers(client, "+"))
        .handle(
            (reply, thrown) -> {
              if (thrown != null) {
                return notTold(TWILIO_API_KEY_SID, thrown);
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

  private List<CompletionStage<Diagnosis>> owned() {
    List<CompletionStage<Diagnosis>> all = new ArrayList<>();
    if (settings.find(TWILIO_API_KEY_SECRET).isPresent()) {
      all.add(key());
    }
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

  /** Read as JSON: the SDK's class knows the capabilities' names in one spelling only. */
  private static Optional<JsonObject> numbers(TwilioRestClient client, String number) {
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

  private static Diagnosis notTold(Setting<?> setting, Throwable thrown) {
    return Diagnosis.unknown(
        setting, "Twilio did not say: " + words(thrown) + ".", "Try again in a minute.");
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

  private static boolean gone(int code) {
    return code == UNKNOWN_TO_TWILIO || code == NOT_FOUND;
  }

  private static String words(Throwable thrown) {
    return VendorFailure.behind(TwilioRest.VENDOR, thrown).words();
  }
}
