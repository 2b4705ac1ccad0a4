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

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.messaging.v1.Service;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

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

  private final Settings settings;
  private final AccountReader account;
  private final OwnNumbers numbers;

  Inventory(Settings settings, TwilioRest twilio) {
    this.settings = settings;
    this.account = new AccountReader(twilio);
    this.numbers = new OwnNumbers(account);
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
    settings.find(SMS_FROM_NUMBER).ifPresent(number -> all.add(numbers.texting(number)));
    settings.find(FALLBACK_NUMBER).ifPresent(number -> all.add(numbers.fallback(number)));
    settings
        .find(RETELL_AGENTS)
        .ifPresent(agents -> agents.keySet().forEach(to -> all.add(numbers.called(to))));
    return all;
  }

  private CompletionStage<Diagnosis> application(Setting<String> setting, String sid) {
    return account.read(
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

  private CompletionStage<Diagnosis> exists(
      Setting<String> setting, String what, Function<TwilioRestClient, ?> request) {
    return account.read(
        setting,
        what,
        request,
        resource -> Diagnosis.ok(setting, "The account has this " + what + "."));
  }
}
