package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the ledger's process at random moments under load and starts it again on the same files, as
 * often as {@code -Dcrash.rounds} says; then compares what was answered with what the vendors got.
 */
class CrashTest {
  private static final System.Logger LOGGER = System.getLogger(CrashTest.class.getName());
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 8);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final Map<String, Set<String>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger said = new AtomicInteger();
  private final AtomicInteger farthest = new AtomicInteger();
  private volatile boolean ended;

  @Test
  void losesNothingAndDoublesNothing() throws Exception {
    java.util.Random chance = new java.util.Random();
    try (CrashTwin twin = new CrashTwin()) {
      for (int round = 0; round < ROUNDS; round++) {
        int until = said.get() + 20 + chance.nextInt(1_500);
        Process process = start(twin.address(), false);
        try {
          Await.until("work is done", LIMIT, () -> said.get() >= until || !process.isAlive());
          LockSupport.parkNanos(Duration.ofMillis(chance.nextInt(30)).toNanos());
          assertThat(process.isAlive()).as("it died by itself: " + output()).isTrue();
        } finally {
          process.destroyForcibly().waitFor();
        }
      }
      Process process = start(twin.address(), true);
      Await.until("the last one ends", LIMIT, () -> !process.isAlive());
      Await.until("all of it is read: " + output(), () -> ended);
      compare(twin);
    }
  }

  private void compare(CrashTwin twin) {
    Map<String, Integer> sms = new HashMap<>();
    twin.sms.forEach(name -> sms.merge(name, 1, Integer::sum));
    Set<String> events = new HashSet<>(twin.events);
    int sent = 0;
    int unconfirmed = 0;
    int accepted = 0;
    for (Map.Entry<String, Set<String>> entry : answers.entrySet()) {
      String name = entry.getKey().substring(2);
      Set<String> said = entry.getValue();
      if (entry.getKey().startsWith("E ")) {
        assertThat(said).doesNotContain("Lost", "Refused");
        assertThat(events).as("accepted event %s", name).contains(name);
        accepted++;
        continue;
      }
      if (said.contains("sent")) {
        assertThat(sms).as("answered SMS %s", name).containsEntry(name, 1);
        assertThat(said).as("SMS %s: one answer for ever", name).doesNotContain("unconfirmed");
        sent++;
      }
      if (said.contains(CrashingBridge.UNCONFIRMED)) {
        unconfirmed++;
      }
    }
    assertThat(sms.values()).as("no SMS twice").allMatch(count -> count == 1);
    inOrder(twin.events);
    int doubles = twin.events.size() - events.size();
    LOGGER.log(
        System.Logger.Level.INFO,
        "{0} kills: {1} SMS confirmed and {2} unconfirmed of {3} sent, none twice; {4} events"
            + " accepted, {5} received ({6} again under the same message id), none lost",
        ROUNDS,
        sent,
        unconfirmed,
        sms.size(),
        accepted,
        events.size(),
        doubles);
    assertThat(sent).isPositive();
    assertThat(accepted).isPositive();
  }

  /** Each worker is a customer, and hands its events in one after the other. */
  private static void inOrder(List<String> received) {
    Map<String, Integer> newest = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (String name : received) {
      if (seen.add(name)) {
        String[] parts = name.split("-");
        int number = Integer.parseInt(parts[1]);
        assertThat(number).as("order of %s", name).isGreaterThan(newest.getOrDefault(parts[0], -1));
        newest.put(parts[0], number);
      }
    }
  }

  private Process start(URI twin, boolean last) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CrashingBridge.class.getName(),
                twin.toString(),
                folder.resolve("data").toString(),
                Integer.toString(Math.max(0, farthest.get() - 30)),
                Boolean.toString(last)));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.to(folder.resolve("errors").toFile()))
            .start();
    Thread reader = new Thread(() -> read(process));
    reader.setDaemon(true);
    reader.start();
    return process;
  }

  private void read(Process process) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        note(line);
      }
    } catch (IOException e) {
      // The process was killed in the middle of a line.
    }
  }

  private void note(String line) {
    if (line.equals("END")) {
      ended = true;
    }
    if (!line.matches("[SE] \\d+-\\d+ [A-Za-z]+")) {
      return;
    }
    int end = line.lastIndexOf(' ');
    answers
        .computeIfAbsent(line.substring(0, end), key -> ConcurrentHashMap.newKeySet())
        .add(line.substring(end + 1));
    int number = Integer.parseInt(line.substring(line.indexOf('-') + 1, end));
    farthest.accumulateAndGet(number, Math::max);
    said.incrementAndGet();
  }

  private String output() {
    try {
      Path file = folder.resolve("errors");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
