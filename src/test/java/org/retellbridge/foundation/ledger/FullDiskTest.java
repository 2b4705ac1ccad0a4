package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full, played by a limit on the size of files: it needs no rights, and the
 * operating system refuses the write in the same place.
 */
class FullDiskTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String KILOBYTES = "6000";

  @TempDir Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void goesOnInMemoryAndComesBackByItself() throws Exception {
    Process process = start();
    try {
      awaitFull(process);
      Await.until("it goes on", LIMIT, () -> count("MEANWHILE ") > 5);
      makeRoom(process);
      Await.until("it came back: " + errors(), LIMIT, () -> said.contains("END"));
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(errors()).contains("The ledger is down", "the disk is full", "The ledger is open");
    assertAllIsThere(
        said.stream().filter(line -> !line.equals("END")).map(FullDiskTest::number).toList());
  }

  @Test
  void isWholeWhenTheProcessDiesWithAFullDisk() throws Exception {
    Process process = start();
    try {
      awaitFull(process);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertAllIsThere(
        said.stream().filter(line -> line.startsWith("KEPT ")).map(FullDiskTest::number).toList());
  }

  private void assertAllIsThere(List<Integer> numbers) {
    assertThat(numbers).hasSizeGreaterThan(50);
    try (Books books = Books.open(Books.h2(folder.resolve("data")))) {
      for (int number : numbers) {
        assertThat(
                Books.get(
                    books.ledger.once.run(
                        FillingBridge.effect(number),
                        () -> {
                          throw new AssertionError("it is not known: " + number);
                        })))
            .isEqualTo(FillingBridge.answer(number));
      }
    }
  }

  private void awaitFull(Process process) throws IOException {
    Await.until(
        "the disk is full: " + errors(),
        LIMIT,
        () -> count("DOWN the disk is full") == 1 || !process.isAlive());
    assertThat(process.isAlive()).as("it died by itself: " + errors()).isTrue();
  }

  private long count(String beginning) {
    return said.stream().filter(line -> line.startsWith(beginning)).count();
  }

  private static int number(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static void makeRoom(Process process) throws Exception {
    Process room =
        new ProcessBuilder(
                "prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:unlimited")
            .inheritIO()
            .start();
    assertThat(room.waitFor()).isZero();
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -S -f " + KILOBYTES + " && exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FillingBridge.class.getName(),
                folder.resolve("data").toString())
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
        if (line.matches("END|(KEPT|MEANWHILE|DOWN .*) \\d+")) {
          said.add(line);
        }
      }
    } catch (IOException e) {
      // The process was killed in the middle of a line.
    }
  }

  private String errors() {
    try {
      Path file = folder.resolve("errors");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
