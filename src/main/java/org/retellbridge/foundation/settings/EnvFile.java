package org.retellbridge.foundation.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: {@code NAME=value} on a line each, values in quotes or not, comments after
 * {@code #}. Own code, because dotenv-java silently loses everything after a quote that does not
 * end, cuts {@code a#b}, and gives up on a single byte that is not UTF-8.
 *
 * @param entries the settings; of a repeated one the last
 * @param malformed the numbers of the lines that are left out; the lines may hold secrets
 */
record EnvFile(Map<String, String> entries, List<Integer> malformed) {
  private static final Pattern ENTRY =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(.*)");

  /** The value ends at the first quote that nothing but a comment follows. */
  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*?)\\1\\s*(?:#.*)?");

  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*");

  static EnvFile read(Path file) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    List<Integer> malformed = new ArrayList<>();
    int number = 0;
    for (String raw : new String(Files.readAllBytes(file), UTF_8).split("\\R")) {
      number++;
      String line = (number == 1 ? raw.replaceFirst("^\uFEFF", "") : raw).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher entry = ENTRY.matcher(line);
      String value = entry.matches() ? value(entry.group(2)) : null;
      if (value == null) {
        malformed.add(number);
      } else {
        entries.put(entry.group(1), value);
      }
    }
    return new EnvFile(Map.copyOf(entries), List.copyOf(malformed));
  }

  /** The text without quotes and comment; {@code null} when a quote does not end. */
  private static String value(String text) {
    if (!text.startsWith("\"") && !text.startsWith("'")) {
      return COMMENT.matcher(text).replaceFirst("");
    }
    Matcher quoted = QUOTED.matcher(text);
    return quoted.matches() ? quoted.group(2) : null;
  }
}
