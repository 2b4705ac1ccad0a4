package org.retellbridge.foundation.settings;

import java.util.Map;
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
    return spellings(setting)
        .flatMap(name -> config.getOptionalValue(name, String.class).stream())
        .findFirst()
        .flatMap(text -> meant(setting, text))
        .or(() -> hidden(setting));
  }

  /**
   * The spelling that the highest source knows comes first. Some (server vaults, system properties)
   * know the documented one only, while the environment and the {@code .env} file below them answer
   * to both.
   */
  private Stream<String> spellings(Setting<?> setting) {
    String first = written(setting).findFirst().map(Map.Entry::getKey).orElse(setting.key());
    return Stream.concat(Stream.of(first), both(setting).filter(name -> !name.equals(first)));
  }

  /**
   * A source with a blank value hides those that rank below it: an empty variable of the
   * environment hid what the {@code .env} file says (WildFly, Open Liberty; a blank one on Payara
   * too). What looks like an expression has been looked at already, and stands for nothing.
   */
  private Optional<String> hidden(Setting<?> setting) {
    return written(setting)
        .flatMap(it -> meant(setting, it.getValue()).stream())
        .findFirst()
        .filter(text -> !text.contains(EXPRESSION));
  }

  /** Each spelling and its text, the highest source first. */
  private Stream<Map.Entry<String, String>> written(Setting<?> setting) {
    return StreamSupport.stream(sources.spliterator(), false)
        .flatMap(
            source ->
                both(setting)
                    .flatMap(
                        name ->
                            Stream.ofNullable(source.getValue(name))
                                .map(text -> Map.entry(name, text))));
  }

  private static Stream<String> both(Setting<?> setting) {
    return Stream.of(setting.key(), setting.variable());
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
