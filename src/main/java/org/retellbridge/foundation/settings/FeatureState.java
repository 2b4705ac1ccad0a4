package org.retellbridge.foundation.settings;

import java.util.List;

/** Whether a feature is on, and which settings keep it off. */
public final class FeatureState {
  private final List<Feature.Need> unmet;

  FeatureState(List<Feature.Need> unmet) {
    this.unmet = List.copyOf(unmet);
  }

  public boolean on() {
    return unmet.isEmpty();
  }

  /** The environment variables that are absent or wrong; empty when the feature is on. */
  public List<String> missing() {
    return unmet.stream().map(Feature.Need::variables).toList();
  }

  /** The same with the MicroProfile Config keys. */
  List<String> missingWithKeys() {
    return unmet.stream().map(Feature.Need::variablesAndKeys).toList();
  }
}
