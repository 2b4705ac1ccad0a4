package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * The file that a server gets: the very one that users get, unless a test has put something into
 * it. The checksum of each is written down, so that a run can be asked what it has tested.
 */
final class Shipped {
  private Shipped() {}

  static Path file(Archive<?> archive, Path folder) {
    Path war = Path.of(System.getProperty("bridge.war")).toAbsolutePath();
    Path file = war;
    if (!contents(archive).equals(contents(war))) {
      file = folder.resolve("changed").resolve(war.getFileName());
      file.getParent().toFile().mkdirs();
      archive.as(ZipExporter.class).exportTo(file.toFile(), true);
    }
    note(folder.resolve("deployed.sha256"), sha256(file), file.equals(war) ? "shipped" : "changed");
    return file;
  }

  private static Set<String> contents(Archive<?> archive) {
    return archive.getContent(path -> archive.get(path).getAsset() != null).keySet().stream()
        .map(path -> path.get().substring(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> contents(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void note(Path list, String checksum, String state) {
    try {
      Files.writeString(
          list,
          checksum + "  " + state + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
