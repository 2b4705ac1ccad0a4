package org.retellbridge.harness.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Setting;

/**
 * What a server inherits from the shell in which tests and demo run: all but settings of the
 * bridge. They win over a file of settings, and may name somebody's real accounts and data.
 */
public final class CleanEnvironment {
  private static final Set<String> SETTINGS =
      Catalogue.all().stream().map(Setting::variable).collect(Collectors.toUnmodifiableSet());

  private CleanEnvironment() {}

  /**
   * A process to be started in it. What the caller puts into its environment stays.
   *
   * @param command the program and its arguments
   */
  public static ProcessBuilder of(List<String> command) {
    return of(command, System.getenv());
  }

  static ProcessBuilder of(List<String> command, Map<String, String> shell) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(shell);
    environment.keySet().removeIf(CleanEnvironment::isSetting);
    return builder;
  }

  /** MicroProfile Config finds a variable in lower case, and with dots, as well. */
  private static boolean isSetting(String name) {
    return SETTINGS.contains(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
  }
}
