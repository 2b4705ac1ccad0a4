package org.retellbridge.harness.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the server has logged since it was last given an application. */
public final class ServerLog {
  private static volatile Path file;
  private static volatile int begin;

  private ServerLog() {}

  static void of(ApplicationServer server) {
    file = server.log();
  }

  static void begin() {
    begin = text(file).length();
  }

  /**
   * All that stands in a file, empty while there is none. Servers are in the middle of writing it:
   * half a character at its end is no reason to fail, nor is one of the machine's own charset.
   */
  public static String text(Path log) {
    try {
      return Files.exists(log) ? new String(Files.readAllBytes(log), UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text() {
    return file == null ? "" : text(file).substring(begin);
  }
}
