package org.retellbridge.foundation.settings;

/** What counts while a value is wrong, as the end of the sentence that says so. */
final class Instead {
  private Instead() {}

  static String of(Setting<?> setting) {
    if (setting == Catalogue.PUBLIC_BASE_URL || setting == Catalogue.AUTH_TOKEN) {
      return "";
    }
    if (setting == Catalogue.OPERATIONS_TOKEN) {
      return "; instead the token in operations.token of the data folder counts";
    }
    if (setting == Catalogue.BRIDGE_DATA_KEY) {
      return "; instead the key in the data folder counts";
    }
    if (setting == Catalogue.RETELL_EVENTS_FORWARD_URL) {
      return "; until then it counts as not set, and so that nobody misses an event Retell is not"
          + " asked to send any here, but sends them to the agent's own webhook";
    }
    return setting.fallback() == null
        ? "; until then it counts as not set"
        : "; instead the default counts, " + setting.fallback();
  }
}
