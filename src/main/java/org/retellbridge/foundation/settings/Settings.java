package org.retellbridge.foundation.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** All settings, read and checked once; nothing reads MicroProfile Config after that. */
public final class Settings {
  private final Map<Setting<?>, Object> values;
  private final List<Finding> findings;
  private final List<Stranger> strangers;

  private Settings(
      Map<Setting<?>, Object> values, List<Finding> findings, List<Stranger> strangers) {
    this.values = values;
    this.findings = List.copyOf(findings);
    this.strangers = List.copyOf(strangers);
  }

  /**
   * Reads every setting of the {@link Catalogue}; never throws for a wrong value.
   *
   * @param environment the names of the environment's variables, among which mistyped ones may be
   */
  public static Settings load(Config config, Set<String> environment) {
    Written written = new Written(config);
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Setting<?> setting : Catalogue.all()) {
      try {
        written
            .text(setting)
            .or(() -> Optional.ofNullable(setting.fallback()))
            .map(setting.parser())
            .ifPresent(value -> values.put(setting, value));
      } catch (IllegalArgumentException e) {
        findings.add(finding(setting));
        useFallback(setting, values);
      }
    }
    if (WayBack.isIn(values)) {
      findings.add(finding(Catalogue.FALLBACK_URL));
      values.remove(Catalogue.FALLBACK_URL);
    }
    if (written.text(Catalogue.AUTH_TOKEN).isEmpty()) {
      findings.add(
          new Finding(
              Catalogue.AUTH_TOKEN,
              "it is missing; without Twilio's auth token no webhook can be verified",
              true));
    }
    Settings settings = new Settings(values, List.of(), List.of());
    Together.findings(settings).forEach(findings::add);
    return new Settings(values, findings, Strangers.among(environment, namesInFile(config)));
  }

  /** The value, or empty when it is absent or wrong and there is no default. */
  @SuppressWarnings("unchecked") // put in together with its setting, in load
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting));
  }

  /** The value of a setting that has a default, or whose feature is on. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new NoSuchElementException(setting.variable() + " is not set"));
  }

  /** Whether somebody has written something for it that counts for nothing. */
  public boolean wrong(Setting<?> setting) {
    return findings.stream().anyMatch(finding -> finding.setting() == setting);
  }

  public List<Finding> findings() {
    return findings;
  }

  /** Names that look like settings and are none. */
  public List<Stranger> strangers() {
    return strangers;
  }

  /** Everything about the settings that an operator should look at, a sentence each. */
  public List<String> toLookAt() {
    List<String> all = new ArrayList<>();
    findings.forEach(finding -> all.add(finding.sentence()));
    strangers.forEach(stranger -> all.add(stranger.sentence()));
    all.addAll(Advice.of(this));
    return all;
  }

  public boolean fatal() {
    return findings.stream().anyMatch(Finding::fatal);
  }

  public FeatureState state(Feature feature) {
    return new FeatureState(
        feature.needs().stream()
            .filter(need -> need.anyOf().stream().noneMatch(values::containsKey))
            .toList(),
        limit(feature));
  }

  private Optional<String> limit(Feature feature) {
    return switch (feature) {
      case AGENT -> Advice.withoutAgent(this);
      case HANDOFFS -> Advice.withoutDestination(this);
      default -> Optional.empty();
    };
  }

  private static Set<String> namesInFile(Config config) {
    Set<String> names = new HashSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (source instanceof DotenvSource file) {
        names.addAll(file.getPropertyNames());
      }
    }
    return names;
  }

  private static <T> void useFallback(Setting<T> setting, Map<Setting<?>, Object> values) {
    if (setting.fallback() != null) {
      values.put(setting, setting.parser().apply(setting.fallback()));
    }
  }

  private static Finding finding(Setting<?> setting) {
    return new Finding(
        setting, "it must be " + setting.form() + Instead.of(setting), fatalWhenWrong(setting));
  }

  private static boolean fatalWhenWrong(Setting<?> setting) {
    return setting == Catalogue.PUBLIC_BASE_URL || setting == Catalogue.AUTH_TOKEN;
  }
}
