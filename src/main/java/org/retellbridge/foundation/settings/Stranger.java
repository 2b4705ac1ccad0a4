package org.retellbridge.foundation.settings;

import java.util.Optional;

/**
 * A name that looks like one of ours and is none, so that what it holds does nothing. The value is
 * never read.
 *
 * @param name as it stands in the environment or in the {@code .env} file
 * @param meant the setting that it resembles; empty when it resembles none
 */
public record Stranger(String name, Optional<Setting<?>> meant) {

  /** The line for people. */
  public String sentence() {
    return name
        + ": there is no such setting, so it does nothing"
        + meant.map(setting -> "; did you mean " + setting.variable() + "?").orElse("");
  }
}
