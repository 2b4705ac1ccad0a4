package org.retellbridge.foundation.settings;

import static org.retellbridge.foundation.settings.Catalogue.RETELL_API_KEY;

import java.util.List;

/** What the bridge can do, and the settings without which it cannot. */
public enum Feature {
  /** Calls reach the Retell agent; without it every call goes down the fallback ladder. */
  AGENT("calls reach the Retell agent", RETELL_API_KEY);

  private final String meaning;
  private final List<Setting<?>> needs;

  Feature(String meaning, Setting<?>... needs) {
    this.meaning = meaning;
    this.needs = List.of(needs);
  }

  /** What people get from it, for the start-up message and {@code /status}. */
  public String meaning() {
    return meaning;
  }

  List<Setting<?>> needs() {
    return needs;
  }
}
