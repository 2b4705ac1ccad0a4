package org.retellbridge.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.retellbridge.twin.TwinNames;

/**
 * Looks for what must not stand in a log, in the logs of every server that the integration tests
 * started. The build runs it when all of them are over, whichever they were.
 */
public final class Leaks {
  /** With a number or the time where a server has begun a new one since. */
  private static final Pattern LOG = Pattern.compile("log|.*\\.log([._][0-9T:-]+)?");

  /** Whole numbers, the tests' or anybody's; masked ones have two digits. */
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{7,14}(?![0-9])");

  private static final List<String> NEVER =
      List.of(
          // numbers without their plus, as they stand in encoded forms
          digits(TwinNames.CALLER),
          digits(TwinNames.NUMBER),
          digits(TwinNames.OTHER_NUMBER),
          digits(TwinNames.HUMAN),
          // names and what callers said
          "Mia Example",
          "Mia%20Example",
          "Mia+Example",
          "margherita",
          // tokens and keys
          TwinNames.ACCOUNT.authToken(),
          TwinNames.ACCOUNT.keySecret(),
          basic(TwinNames.ACCOUNT.sid() + ":" + TwinNames.ACCOUNT.authToken()),
          TwinNames.RETELL_KEYS.api(),
          TwinNames.RETELL_KEYS.webhook(),
          TwinNames.SEGMENT_TOKEN,
          basic(TwinNames.SEGMENT_TOKEN + ":"),
          TwinNames.SEGMENT_WRITE_KEY,
          BridgeUnderTest.OPERATIONS_TOKEN);

  private Leaks() {}

  /** The folder with the logs is the only argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<Path> logs = logs(folder);
    if (logs.stream().noneMatch(Leaks::ours)) {
      throw new IllegalStateException("no log of the bridge is in " + folder + ": nothing proved");
    }
    List<String> leaks = in(logs);
    if (!leaks.isEmpty()) {
      throw new IllegalStateException("the logs tell too much:\n" + String.join("\n", leaks));
    }
  }

  static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> LOG.matcher(file.getFileName().toString()).matches())
          .toList();
    }
  }

  /** Where something stands that must not; without repeating it. */
  static List<String> in(List<Path> logs) {
    List<String> leaks = new ArrayList<>();
    for (Path log : logs) {
      List<String> lines = read(log).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (NUMBER.matcher(line).find() || NEVER.stream().anyMatch(line::contains)) {
          leaks.add(log + ":" + (i + 1));
        }
      }
    }
    return leaks;
  }

  private static boolean ours(Path log) {
    return read(log).contains("org.retellbridge");
  }

  /** Servers write in the machine's charset; a strange byte must not end the search. */
  private static String read(Path log) {
    try {
      return new String(Files.readAllBytes(log), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digits(String number) {
    return number.substring(1);
  }

  private static String basic(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
