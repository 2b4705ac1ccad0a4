package org.retellbridge.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Keeps the log of every server that the tests started until {@link Leaks} has looked into it. */
final class ServerLogs {
  private ServerLogs() {}

  /** Copies a log, if it is there, before its server's successor or a temporary folder ends it. */
  static void keep(Path log) {
    Path kept = Path.of(System.getProperty("bridge.it.dir", "target/it"), "logs");
    try {
      if (Files.exists(log)) {
        Files.createDirectories(kept);
        Files.copy(log, kept.resolve(UUID.randomUUID() + ".log"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
