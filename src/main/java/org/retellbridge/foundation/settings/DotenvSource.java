package org.retellbridge.foundation.settings;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The {@code .env} file of the working directory, or the one that {@code BRIDGE_ENV_FILE} names, as
 * a MicroProfile Config source. It ranks below real environment variables (300) and above {@code
 * microprofile-config.properties} (100).
 */
public final class DotenvSource implements ConfigSource {
  private static final System.Logger LOGGER = System.getLogger(DotenvSource.class.getName());
  private static final int BELOW_ENVIRONMENT = 250;

  private final Map<String, String> entries;

  /** Called by the config implementation, through the service file. */
  public DotenvSource() {
    this(
        Optional.ofNullable(System.getProperty("bridge.env.file"))
            .or(() -> Optional.ofNullable(System.getenv("BRIDGE_ENV_FILE")))
            .filter(name -> !name.isBlank())
            .map(Path::of));
  }

  DotenvSource(Optional<Path> named) {
    Path file = named.orElseGet(() -> Path.of(".env")).toAbsolutePath();
    if (Files.isReadable(file)) {
      entries = read(file);
      return;
    }
    entries = Map.of();
    if (named.isPresent()) {
      LOGGER.log(WARNING, "BRIDGE_ENV_FILE names {0}, which cannot be read", file);
    }
  }

  @Override
  public int getOrdinal() {
    return BELOW_ENVIRONMENT;
  }

  @Override
  public Set<String> getPropertyNames() {
    return entries.keySet();
  }

  /** Finds {@code retell.api.key} under {@code RETELL_API_KEY}, by the rules of the environment. */
  @Override
  public String getValue(String name) {
    String underscored = name.replaceAll("[^A-Za-z0-9_]", "_");
    return Stream.of(name, underscored, underscored.toUpperCase(Locale.ROOT))
        .map(entries::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  @Override
  public String getName() {
    return ".env";
  }

  /** An empty value counts as absent, and a name may be no setting at all. */
  static long settings(Map<String, String> entries) {
    return Catalogue.all().stream()
        .flatMap(
            setting ->
                Stream.of(setting.variable(), setting.key()).filter(entries::containsKey).limit(1))
        .filter(name -> !entries.get(name).isBlank())
        .count();
  }

  private static Map<String, String> read(Path file) {
    try {
      EnvFile env = EnvFile.read(file);
      LOGGER.log(
          INFO,
          "{0} of the bridge''s {1} settings stand in {2}",
          settings(env.entries()),
          Catalogue.all().size(),
          file);
      if (!env.malformed().isEmpty()) {
        LOGGER.log(
            WARNING,
            "{0}: left out what is not NAME=value, in these lines: {1}",
            file,
            env.malformed());
      }
      return env.entries();
    } catch (IOException e) {
      // A folder, for one: Docker makes one when the file that it should mount is not there.
      LOGGER.log(WARNING, "{0} cannot be read: {1}", file, e.getClass().getSimpleName());
      return Map.of();
    }
  }
}
