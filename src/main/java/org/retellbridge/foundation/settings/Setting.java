package org.retellbridge.foundation.settings;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * One documented setting.
 *
 * <p>The environment spelling ({@code RETELL_API_KEY}) is the documented name; the MicroProfile
 * Config key is the same in lower case with dots ({@code retell.api.key}).
 *
 * @param variable the environment variable
 * @param fallback the text that stands for an absent value, or {@code null} for none
 * @param form what a right value looks like, completing the sentence "it must be …"
 * @param parser turns the text into the value; throws {@link IllegalArgumentException} for a wrong
 *     one
 * @param <T> the type of the value
 */
public record Setting<T>(
    String variable, String fallback, String form, Function<String, T> parser) {

  public Setting {
    Objects.requireNonNull(variable);
    Objects.requireNonNull(form);
    Objects.requireNonNull(parser);
  }

  /** The MicroProfile Config key. */
  public String key() {
    return keyOf(variable);
  }

  static String keyOf(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
