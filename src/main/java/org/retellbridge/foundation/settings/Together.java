package org.retellbridge.foundation.settings;

import static org.retellbridge.foundation.settings.Catalogue.BRIDGE_DATASOURCE;
import static org.retellbridge.foundation.settings.Catalogue.BRIDGE_DATA_KEY;
import static org.retellbridge.foundation.settings.Catalogue.PUBLIC_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.RETELL_EVENTS;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_KEY_SECRET;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_API_KEY_SID;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_EDGE;
import static org.retellbridge.foundation.settings.Catalogue.TWILIO_REGION;

import java.util.ArrayList;
import java.util.List;

/** Settings that do nothing without another one. */
final class Together {
  private Together() {}

  static List<Finding> findings(Settings settings) {
    List<Finding> findings = new ArrayList<>();
    if (settings.find(RETELL_EVENTS).orElse(false) && settings.find(PUBLIC_BASE_URL).isEmpty()) {
      findings.add(
          new Finding(
              RETELL_EVENTS,
              "it needs PUBLIC_BASE_URL; Retell is not asked to send events",
              false));
    }
    if (settings.find(BRIDGE_DATASOURCE).isPresent() && settings.find(BRIDGE_DATA_KEY).isEmpty()) {
      findings.add(
          new Finding(
              BRIDGE_DATASOURCE,
              "it needs BRIDGE_DATA_KEY, the same on all nodes; without it only a key that lies in"
                  + " the data folder already counts, and the ledger is down where there is none",
              false));
    }
    pair(settings, TWILIO_REGION, TWILIO_EDGE, findings);
    pair(settings, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, findings);
    return findings;
  }

  private static void pair(
      Settings settings, Setting<?> one, Setting<?> other, List<Finding> findings) {
    if (settings.find(one).isPresent() != settings.find(other).isPresent()) {
      Setting<?> there = settings.find(one).isPresent() ? one : other;
      Setting<?> missing = there == one ? other : one;
      findings.add(
          new Finding(
              there,
              "it counts only together with " + missing.variable() + ", which is missing",
              false));
    }
  }
}
