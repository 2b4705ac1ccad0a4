package org.retellbridge.foundation.settings;

import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** What somebody wrote for settings, in whatever source; a blank value counts as absent. */
final class Written {
  private static final String EXPRESSION = "${";

  private final Config config;
  private final Iterable<ConfigSource> sources;

  Written(Config config) {
    this.config = config;
    this.sources = config.getConfigSources();
  }

  Optional<String> text(Setting<?> setting) {
    // Some sources (server vaults, system properties) know the documented spelling only.
    return config
        .getOptionalValue(setting.key(), String.class)
        .or(() -> config.getOptionalValue(setting.variable(), String.class))
        .flatMap(text -> meant(setting, text))
        .or(() -> hidden(setting));
  }

  /**
   * A source with a blank value hides those that rank below it: an empty variable of the
   * environment hid what the {@code .env} file says (WildFly, Open Liberty; a blank one on Payara
   * too). What looks like an expression has been looked at already, and stands for nothing.
   */
  private Optional<String> hidden(Setting<?> setting) {
    return StreamSupport.stream(sources.spliterator(), false)
        .flatMap(source -> Stream.of(setting.key(), setting.variable()).map(source::getValue))
        .flatMap(Stream::ofNullable)
        .flatMap(text -> meant(setting, text).stream())
        .findFirst()
        .filter(text -> !text.contains(EXPRESSION));
  }

  /**
   * Without the quotes that {@code docker --env-file} and the like leave around a value; what is
   * spoken keeps those that its writer put there.
   */
  private static Optional<String> meant(Setting<?> setting, String text) {
    String stripped = text.strip();
    return Optional.of(setting == Catalogue.FALLBACK_MESSAGE ? stripped : Parse.unquoted(stripped))
        .filter(it -> !it.isEmpty());
  }
}
