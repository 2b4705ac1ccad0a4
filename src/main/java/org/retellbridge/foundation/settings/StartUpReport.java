package org.retellbridge.foundation.settings;

import java.util.stream.Collectors;

/** The one message at start: every missing or wrong setting, and what is off for it. */
final class StartUpReport {
  private StartUpReport() {}

  static String of(Settings settings) {
    StringBuilder report = new StringBuilder();
    for (String sentence : settings.toLookAt()) {
      report.append("\n  ").append(sentence);
    }
    for (Feature feature : Feature.values()) {
      FeatureState state = settings.state(feature);
      if (!state.on()) {
        report
            .append("\n  OFF: ")
            .append(feature.meaning())
            .append(". Missing: ")
            .append(String.join(", ", state.missingWithKeys()));
      }
    }
    return report.toString();
  }

  /** What stops the deployment, alone: servers print it several times, with their own stacks. */
  static String fatal(Settings settings) {
    return settings.findings().stream()
        .filter(Finding::fatal)
        .map(Finding::sentence)
        .collect(Collectors.joining("; "));
  }
}
