package org.retellbridge.portability;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code collect.sh} puts together, and what the image takes of it. */
class CollectScriptTest {
  private static final Path FILES = Path.of("server-config/payara-micro");
  private static final String DRIVER = "the driver";

  @TempDir private Path project;
  private Path image;

  /** A checkout of somebody whose files are nobody else's. */
  @BeforeEach
  void build() throws IOException {
    Path files = Files.createDirectories(project.resolve(FILES));
    try (Stream<Path> all = Files.list(FILES)) {
      for (Path file : all.toList()) {
        Path copy = Files.copy(file, files.resolve(file.getFileName()));
        String rights = Files.isExecutable(file) ? "rwx------" : "rw-------";
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(rights));
      }
    }
    Files.createDirectories(project.resolve("target/server"));
    Files.writeString(project.resolve("target/server/payara-micro.jar"), "the server");
    try (OutputStream war =
            Files.newOutputStream(project.resolve("target/twilio-retell-bridge.war"));
        ZipOutputStream zip = new ZipOutputStream(war)) {
      zip.putNextEntry(new ZipEntry("WEB-INF/lib/jdbi3-core-1.jar"));
      zip.putNextEntry(new ZipEntry("WEB-INF/lib/postgresql-42.jar"));
      zip.write(DRIVER.getBytes());
      zip.closeEntry();
    }
    image = project.resolve("target/image");
  }

  @Test
  void collectsWhatTheImageTakes() throws Exception {
    collect();

    assertThat(collected()).containsExactlyInAnyOrderElementsOf(copied());
    assertThat(image.resolve("postgresql.jar")).hasContent(DRIVER);
  }

  /** Of who has run the bridge there: the key of all that is encrypted, a token, the settings. */
  @Test
  void leavesOutOfTheImageWhatATryLeft() throws Exception {
    Files.createDirectories(image.resolve("data"));
    List<String> left = List.of("data/data.key", "data/operations.token", ".env");
    for (String secret : left) {
      Files.writeString(image.resolve(secret), "secret");
    }
    collect();

    assertThat(collected()).contains("data", ".env");
    assertThat(copied()).doesNotContain(".", "data", ".env").doesNotContainAnyElementsOf(left);
  }

  /** The image's user and systemd's are others than who collects. */
  @Test
  void letsOthersReadAndStartIt() throws Exception {
    collect();

    assertThat(Files.getPosixFilePermissions(image)).contains(OTHERS_READ, OTHERS_EXECUTE);
    for (String file : collected()) {
      assertThat(Files.getPosixFilePermissions(image.resolve(file)))
          .as(file)
          .containsAll(
              file.endsWith(".sh") ? Set.of(OTHERS_READ, OTHERS_EXECUTE) : Set.of(OTHERS_READ));
    }
  }

  private void collect() throws IOException, InterruptedException {
    Path script = project.resolve(FILES).resolve("collect.sh");
    Process process =
        new ProcessBuilder("sh", "-c", "umask 077 && exec \"$0\"", script.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }

  private List<String> collected() throws IOException {
    try (Stream<Path> files = Files.list(image)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** From the folder, as the Containerfile names it. */
  private static List<String> copied() throws IOException {
    String copy =
        Files.readString(FILES.resolve("Containerfile"))
            .replace("\\\n", " ")
            .lines()
            .filter(line -> line.startsWith("COPY "))
            .reduce((one, other) -> one + other.substring("COPY".length()))
            .orElseThrow();
    List<String> words = Arrays.asList(copy.split("\\s+"));
    return words.subList(1, words.size() - 1);
  }
}
