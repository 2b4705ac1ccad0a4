package org.retellbridge.foundation.settings;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Settings from pairs of environment variable and value, by the servers' own implementation. */
public final class TestSettings {
  public static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private TestSettings() {}

  /** With {@link #TOKEN} as {@code AUTH_TOKEN}, unless the pairs say otherwise. */
  public static Settings of(String... pairs) {
    Map<String, String> values = new HashMap<>();
    values.put("AUTH_TOKEN", TOKEN);
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return Settings.load(config(values), Set.of());
  }

  /** The same from a map. */
  public static Settings of(Map<String, String> values) {
    return Settings.load(config(values), Set.of());
  }

  static Config config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(values, "test", 300))
        .build();
  }
}
