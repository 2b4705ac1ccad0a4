package org.retellbridge.harness.server;

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
    begin = Patience.text(file).length();
  }

  public static String text() {
    return file == null ? "" : Patience.text(file).substring(begin);
  }
}
