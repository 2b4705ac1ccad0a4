package org.retellbridge.foundation.settings;

import java.util.List;
import java.util.Optional;

/** Whether a feature is on, and which settings keep it off. */
public final class FeatureState {
  private final List<Feature.Need> unmet;
  private final Optional<String> limit;

  FeatureState(List<Feature.Need> unmet, Optional<String> limit) {
    this.unmet = List.copyOf(unmet);
    this.limit = limit;
  }

  public boolean on() {
    return unmet.isEmpty();
  }

  /** What a feature that is on still cannot do, and what to set; empty when it can do all. */
  public Optional<String> limit() {
    return on() ? limit : Optional.empty();
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
