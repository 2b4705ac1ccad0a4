package org.retellbridge.foundation.settings;

/**
 * What is wrong with one setting. The value itself is never told: it may be a secret or a number.
 *
 * @param setting the setting
 * @param problem a sentence without the value
 * @param fatal whether no request could be answered with it, so that the deployment must stop
 */
public record Finding(Setting<?> setting, String problem, boolean fatal) {

  /** The line for people: environment variable, key, and what to do. */
  public String sentence() {
    return setting.variable() + " (" + setting.key() + "): " + problem;
  }
}
