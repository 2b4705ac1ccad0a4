package org.retellbridge.harness.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What tests may do to the server besides deploying on it. */
public final class ServerUnderTest {
  private static final int GATE_SHUT = 403;

  private static ApplicationServer server;
  private static Path deployed;
  private static String root;

  private ServerUnderTest() {}

  static void is(ApplicationServer running) {
    server = running;
  }

  static void has(Path war, String contextRoot) {
    deployed = war;
    root = contextRoot;
  }

  /** The name of the data source on PostgreSQL that the operator's configuration defines. */
  public static String dataSource() {
    return Servers.dataSource();
  }

  /** Ends the server's process and starts it again, with the application in it. */
  public static void restart() {
    server.restart();
    Patience.until("the bridge answers after a restart", ServerUnderTest::answers);
  }

  /** Takes the application away and gives the same file again. */
  public static void redeploy() {
    server.undeploy();
    server.deploy(deployed);
    Patience.until("the bridge answers again", ServerUnderTest::answers);
  }

  /** An unsigned voice webhook is refused with 403 by a bridge that is up, and by nothing else. */
  static boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + server.port() + root + "/start")
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(10_000);
      return connection.getResponseCode() == GATE_SHUT;
    } catch (IOException e) {
      return false;
    }
  }

  /** Payara Micro has no such thing: there a new process takes the file. */
  public static boolean redeploysInPlace() {
    return !(server instanceof PayaraMicro);
  }

  /** Whether it has MicroProfile Health on the application's port. */
  public static boolean hasHealth() {
    return server instanceof PayaraMicro || server instanceof OpenLiberty;
  }

  /**
   * Whether an application that was taken away leaves the memory. GlassFish opens its jars through
   * one more class loader that it never closes: the thread {@code JarFileManager-1} stays, and with
   * it what it was started for.
   */
  public static boolean forgetsApplications() {
    return !(server instanceof GlassFish);
  }

  /** How many copies of a class the server's JVM holds after a collection: one a class loader. */
  public static long copies(String className) {
    jcmd("GC.run");
    return jcmd("VM.class_hierarchy", className).stream()
        .filter(line -> line.contains(className + "/"))
        .count();
  }

  private static List<String> jcmd(String... command) {
    return server
        .place()
        .run(
            Stream.concat(
                    Stream.of(
                        server.place().java().resolve("bin/jcmd").toString(),
                        Long.toString(server.pid())),
                    Stream.of(command))
                .toList());
  }
}
