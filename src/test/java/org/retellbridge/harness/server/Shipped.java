package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.Asset;
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

  /** Names and checksums; libraries by their names, which hold their versions. */
  private static Map<String, Long> contents(Archive<?> archive) {
    Map<String, Long> contents = new HashMap<>();
    archive
        .getContent()
        .forEach(
            (path, node) -> {
              if (node.getAsset() != null) {
                String name = path.get().substring(1);
                contents.put(name, isLibrary(name) ? 0 : crc(node.getAsset()));
              }
            });
    return contents;
  }

  private static Map<String, Long> contents(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream()
          .filter(entry -> !entry.isDirectory())
          .collect(
              Collectors.toMap(
                  ZipEntry::getName, entry -> isLibrary(entry.getName()) ? 0 : entry.getCrc()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLibrary(String name) {
    return name.startsWith("WEB-INF/lib/");
  }

  private static long crc(Asset asset) {
    CRC32 crc = new CRC32();
    try (InputStream in = asset.openStream()) {
      crc.update(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return crc.getValue();
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
