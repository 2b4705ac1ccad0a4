package org.retellbridge.operations.doctor;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Diagnosis.Result;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;
import org.retellbridge.foundation.settings.Settings;

/** Names each setting that no examination spoke of: one that is left out would pass for good. */
final class Remainder {
  private static final String RUNG = "this rung of the fallback ladder is left out";
  private static final String TASKS = "tasks are off";
  private static final String LEDGER = "GET /status says under ledger whether it can be used";
  private static final String CALL = "only a call shows whether somebody answers there";
  private static final String PLAIN = "its form is right, and nobody can be asked about it";

  /** What holds without a setting, completing "it is not set:". */
  private static final Map<Setting<?>, String> WITHOUT =
      Map.ofEntries(
          entry(Catalogue.TWILIO_API_KEY_SID, "AUTH_TOKEN opens Twilio's API as well"),
          entry(Catalogue.TWILIO_API_KEY_SECRET, "AUTH_TOKEN opens Twilio's API as well"),
          entry(Catalogue.TWILIO_REGION, "Twilio's usual region is asked"),
          entry(Catalogue.TWILIO_EDGE, "Twilio's usual edge is asked"),
          entry(Catalogue.TWILIO_API_BASE_URL, "Twilio's own addresses are asked"),
          entry(
              Catalogue.TWILIO_APPLICATION_SID,
              "hand-overs are off for functions whose URL names no destination"),
          entry(Catalogue.WORKSPACE_SID, TASKS),
          entry(Catalogue.WORKFLOW_SID, TASKS),
          entry(
              Catalogue.SMS_FROM_NUMBER, "SMS are off unless SMS_MESSAGING_SERVICE_SID sends them"),
          entry(
              Catalogue.SMS_MESSAGING_SERVICE_SID, "SMS are off unless SMS_FROM_NUMBER sends them"),
          entry(Catalogue.RETELL_WEBHOOK_KEY, "RETELL_API_KEY verifies signatures"),
          entry(Catalogue.RETELL_AGENT_ID, "RETELL_AGENTS or the webhook's URL names the agent"),
          entry(Catalogue.RETELL_AGENTS, "agents by dialled number are off"),
          entry(Catalogue.RETELL_EVENTS_FORWARD_URL, "passing Retell's events on is off"),
          entry(
              Catalogue.SEGMENT_USER_ID_KEY, "SEGMENT_WRITE_KEY keys the hash where there is one"),
          entry(Catalogue.SEGMENT_IDENTIFIERS, "Segment's own identifiers are the only ones known"),
          entry(Catalogue.PUBLIC_BASE_URL, "the proxy's headers, or what this server sees, count"),
          entry(Catalogue.FALLBACK_APPLICATION_SID, RUNG),
          entry(Catalogue.FALLBACK_WORKFLOW_SID, RUNG),
          entry(Catalogue.FALLBACK_NUMBER, RUNG),
          entry(Catalogue.FALLBACK_URL, RUNG),
          entry(Catalogue.OPERATIONS_TOKEN, "operations.token of the data folder opens this side"),
          entry(Catalogue.BRIDGE_DATASOURCE, "an H2 file in BRIDGE_DATA_DIR is the ledger"),
          entry(Catalogue.BRIDGE_DATA_KEY, "data.key of the data folder counts, if it is there"));

  /** Why nobody looked at a setting, completing "it was not examined, because". */
  private static final Map<Setting<?>, String> WHY_NOT =
      Map.ofEntries(
          entry(Catalogue.TWILIO_API_KEY_SECRET, "it is examined together with TWILIO_API_KEY_SID"),
          entry(Catalogue.TWILIO_REGION, "Twilio's answer to ACCOUNT_SID shows whether it fits"),
          entry(Catalogue.TWILIO_EDGE, "Twilio's answer to ACCOUNT_SID shows whether it fits"),
          entry(Catalogue.RETELL_SIP_HOST, CALL),
          entry(Catalogue.RETELL_SIP_TRANSPORT, CALL),
          entry(Catalogue.RETELL_EVENTS, "only a call shows whether Retell reports it"),
          entry(
              Catalogue.RETELL_EVENTS_FORWARD_URL,
              "only an event that is sent there shows whether it is taken"),
          entry(Catalogue.FALLBACK_NUMBER, CALL),
          entry(Catalogue.FALLBACK_URL, "what answers there would act as if a call had come"),
          entry(Catalogue.OPERATIONS_TOKEN, "whoever reads this was let in with it"),
          entry(Catalogue.BRIDGE_DATA_DIR, LEDGER),
          entry(Catalogue.BRIDGE_DATASOURCE, LEDGER),
          entry(Catalogue.BRIDGE_DATA_KEY, LEDGER));

  private Remainder() {}

  /** One diagnosis for each setting that is not among those that were found. */
  static List<Diagnosis> of(Settings settings, List<Diagnosis> found) {
    Set<String> told = found.stream().map(Diagnosis::setting).collect(Collectors.toSet());
    List<Diagnosis> rest = new ArrayList<>();
    for (Setting<?> setting : Catalogue.all()) {
      if (!told.contains(setting.variable())) {
        rest.add(one(setting, settings));
      }
    }
    return rest;
  }

  private static Diagnosis one(Setting<?> setting, Settings settings) {
    if (settings.find(setting).isEmpty()) {
      return without(setting);
    }
    return setting == Catalogue.TRUST_FORWARDED_HEADERS
        ? forwardedHeaders(settings)
        : new Diagnosis(
            setting.variable(),
            Result.NOT_EXAMINED,
            "It was not examined, because " + WHY_NOT.getOrDefault(setting, PLAIN) + ".",
            "");
  }

  /** The round trip tells of it, where it came round. */
  private static Diagnosis forwardedHeaders(Settings settings) {
    return settings.get(Catalogue.TRUST_FORWARDED_HEADERS)
        ? Diagnosis.unknown(
            Catalogue.TRUST_FORWARDED_HEADERS,
            "It was not examined, because no request came back through PUBLIC_BASE_URL to show what"
                + " the proxy tells.",
            "See to PUBLIC_BASE_URL first, then examine again.")
        : Diagnosis.ok(
            Catalogue.TRUST_FORWARDED_HEADERS,
            "It is off: what the proxy's headers say is ignored.");
  }

  private static Diagnosis without(Setting<?> setting) {
    return new Diagnosis(
        setting.variable(),
        Result.NOT_SET,
        "It is not set: " + WITHOUT.getOrDefault(setting, "what needs it is off") + ".",
        "");
  }
}
