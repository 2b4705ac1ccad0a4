package org.retellbridge.foundation.settings;

import static org.retellbridge.foundation.settings.Catalogue.ACCOUNT_SID;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_API_KEY;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_WEBHOOK_KEY;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_API_ACCESS_TOKEN;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_SPACE_ID;
import static org.retellbridge.foundation.settings.Catalogue.SEGMENT_WRITE_KEY;
import static org.retellbridge.foundation.settings.Catalogue.SMS_FROM_NUMBER;
import static org.retellbridge.foundation.settings.Catalogue.SMS_MESSAGING_SERVICE_SID;
import static org.retellbridge.foundation.settings.Catalogue.WORKFLOW_SID;
import static org.retellbridge.foundation.settings.Catalogue.WORKSPACE_SID;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the bridge can do, and the settings without which it cannot. */
public enum Feature {
  /** Without it every call goes down the fallback ladder. */
  AGENT("calls reach the Retell agent", one(RETELL_API_KEY)),
  /** Without it every function call is refused, because no signature can be verified. */
  FUNCTIONS("Retell may call functions", any(RETELL_WEBHOOK_KEY, RETELL_API_KEY)),
  HANDOFFS("calls are handed to Studio or Flex", one(ACCOUNT_SID)),
  CUSTOMERS(
      "customers are looked up in Segment", one(SEGMENT_SPACE_ID), one(SEGMENT_API_ACCESS_TOKEN)),
  TRACKING("customers and events are written to Segment", one(SEGMENT_WRITE_KEY)),
  MESSAGES(
      "SMS are sent to callers", one(ACCOUNT_SID), any(SMS_FROM_NUMBER, SMS_MESSAGING_SERVICE_SID)),
  TASKS("tasks are created in Flex", one(ACCOUNT_SID), one(WORKSPACE_SID), one(WORKFLOW_SID));

  private final String meaning;
  private final List<Need> needs;

  Feature(String meaning, Need... needs) {
    this.meaning = meaning;
    this.needs = List.of(needs);
  }

  /** What people get from it, for the start-up message and {@code /status}. */
  public String meaning() {
    return meaning;
  }

  List<Need> needs() {
    return needs;
  }

  private static Need one(Setting<?> setting) {
    return new Need(List.of(setting));
  }

  private static Need any(Setting<?>... settings) {
    return new Need(List.of(settings));
  }

  /** Settings of which one is needed. */
  record Need(List<Setting<?>> anyOf) {

    /** {@code A or B}. */
    String variables() {
      return joined(Setting::variable);
    }

    /** {@code A (a) or B (b)}. */
    String variablesAndKeys() {
      return joined(setting -> setting.variable() + " (" + setting.key() + ")");
    }

    private String joined(Function<Setting<?>, String> name) {
      return anyOf.stream().map(name).collect(Collectors.joining(" or "));
    }
  }
}
