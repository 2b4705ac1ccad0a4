package org.retellbridge.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the bridge's own meters.
 *
 * @param type in Prometheus' words
 * @param labels without those that histograms have
 */
record Meter(String name, String type, Set<String> labels) {
  private static final Path DOCUMENT = Path.of("docs/metrics.md");
  private static final Pattern TYPE = Pattern.compile("# TYPE (bridge_\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("(bridge_[a-z_]+)(?:\\{(.*)})? .*");
  private static final Pattern ANY_SAMPLE = Pattern.compile("(?m)^([a-z_]+)[{ ]");
  private static final Pattern ANY_FAMILY = Pattern.compile("(?m)^# TYPE (\\S+)");
  private static final Pattern ASKED =
      Pattern.compile("\\b((?:bridge|jvm|process|system)_[a-z_]+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
  private static final Pattern ROW =
      Pattern.compile("\\| `(bridge_[a-z_]+)` \\| ([a-z]+) \\| (.*?) \\|.*");
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  /** Those in an answer of {@code /prometheus}. */
  static List<Meter> measured(String scrape) {
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    scrape
        .lines()
        .forEach(
            line -> {
              Matcher type = TYPE.matcher(line);
              Matcher sample = SAMPLE.matcher(line);
              if (type.matches()) {
                types.put(type.group(1), type.group(2));
              } else if (sample.matches()) {
                labels
                    .computeIfAbsent(sample.group(1), name -> new TreeSet<>())
                    .addAll(found(LABEL, sample.group(2)));
              }
            });
    return types.entrySet().stream()
        .filter(type -> !longestOf(type.getKey(), types))
        .map(type -> new Meter(type.getKey(), type.getValue(), labels(type.getKey(), labels)))
        .toList();
  }

  /** Every name of a family or a sample, the process' own included. */
  static Set<String> names(String scrape) {
    Set<String> names = found(ANY_SAMPLE, scrape);
    names.addAll(found(ANY_FAMILY, scrape));
    return names;
  }

  /** Every name that a dashboard or a rule bears. */
  static Set<String> asked(String text) {
    return found(ASKED, text);
  }

  /** Those in the table of the document. */
  static List<Meter> documented() {
    try {
      return Files.readAllLines(DOCUMENT).stream()
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .map(row -> new Meter(row.group(1), row.group(2), found(CODE, row.group(3))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every timer brings a gauge with its longest time. */
  private static boolean longestOf(String name, Map<String, String> types) {
    return name.endsWith("_max") && types.containsKey(name.substring(0, name.length() - 4));
  }

  private static Set<String> labels(String name, Map<String, Set<String>> labels) {
    Set<String> own = new TreeSet<>(labels.getOrDefault(name, Set.of()));
    own.addAll(labels.getOrDefault(name + "_count", Set.of()));
    return own;
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text == null ? "" : text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
