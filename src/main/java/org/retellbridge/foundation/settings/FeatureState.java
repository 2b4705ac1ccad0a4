package org.retellbridge.foundation.settings;

import java.util.List;

/**
 * Whether a feature is on, and which settings keep it off.
 *
 * @param feature the feature
 * @param missing the environment variables that are absent or wrong; empty when it is on
 */
public record FeatureState(Feature feature, List<String> missing) {

  public FeatureState {
    missing = List.copyOf(missing);
  }

  public boolean on() {
    return missing.isEmpty();
  }
}
