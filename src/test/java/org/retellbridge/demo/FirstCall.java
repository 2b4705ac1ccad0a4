package org.retellbridge.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.retellbridge.harness.server.Folders;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.timeline.TimelinePrinter;
import org.retellbridge.twin.twilio.Heard;
import org.retellbridge.twin.twilio.PlacedCall;

/**
 * The bridge's main job without accounts: starts the packaged WAR on Payara Micro beside the twin
 * of the vendors, plays two calls of a customer as Twilio does, and prints what came, what went and
 * what the caller heard. With {@code stay} it plays them again for each line that is typed.
 */
public final class FirstCall {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private FirstCall() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Folders.emptied(Path.of(property("demo.dir")));
    boolean stay = Boolean.getBoolean("demo.stay") || Boolean.parseBoolean(property("demo.stay"));
    try (Twin twin = Twin.start()) {
      Path settings = writeSettings(twin, directory);
      try (LocalServer server =
          LocalServer.start(
              Path.of(property("demo.microJar")),
              Path.of(property("demo.war")),
              Path.of(property("demo.preboot")),
              settings,
              directory)) {
        awaitReady(server);
        twin.publish(server.url());
        tellStory(twin);
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in));
        while (stay && anotherCall(keyboard)) {
          tellStory(twin);
        }
      }
    }
  }

  private static void awaitReady(LocalServer server) throws IOException, InterruptedException {
    long start = System.nanoTime();
    OUT.println();
    OUT.println("Starting Payara Micro with the bridge on " + server.url());
    OUT.println("(its log: " + server.log() + ")");
    server.awaitReady(
        seconds -> {
          OUT.print(seconds % 10 == 9 ? ". " + (seconds + 1) + " s " : ".");
          OUT.flush();
        });
    OUT.printf(
        "%nReady after %.1f s.%n%n", Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3);
  }

  private static void tellStory(Twin twin) {
    twin.reset();
    List<PlacedCall> calls = new Story(twin).tell();
    OUT.print(TimelinePrinter.forConsole().print(twin.timeline().entries()));
    OUT.println();
    for (PlacedCall call : calls) {
      OUT.println("What the caller heard: " + heard(call));
      if (call.deadLine() || !call.reachedAgent()) {
        throw new IllegalStateException("the call did not reach the agent");
      }
    }
    OUT.println("Both calls reached the agent, and the second one a person.");
    OUT.println();
  }

  private static String heard(PlacedCall call) {
    return call.heard().stream().map(FirstCall::words).collect(Collectors.joining(", then "));
  }

  private static String words(Heard heard) {
    String kind = heard.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    return heard.detail().isEmpty() ? kind : kind + " (" + heard.detail() + ")";
  }

  private static boolean anotherCall(BufferedReader keyboard) throws IOException {
    OUT.println("Enter tells the story again, q ends.");
    String line = keyboard.readLine();
    return line != null && !line.strip().equalsIgnoreCase("q");
  }

  private static Path writeSettings(Twin twin, Path directory) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(twin.settings());
    settings.put("BRIDGE_DATA_DIR", directory.resolve("data").toString());
    Path file = directory.resolve("demo.env");
    Files.writeString(
        file,
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining("\n", "", "\n")));
    return file;
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
