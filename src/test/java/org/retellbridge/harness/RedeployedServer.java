package org.retellbridge.harness;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link Redeployer} in a process of its own. */
public final class RedeployedServer implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Writer orders;
  private final BufferedReader replies;

  private RedeployedServer(Process process, int port) {
    this.process = process;
    this.port = port;
    this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a server without an application.
   *
   * @param folder for settings, data and log
   */
  public static RedeployedServer start(Path folder, Map<String, String> settings) {
    try {
      Files.writeString(
          folder.resolve("bridge.env"),
          settings.entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .collect(Collectors.joining("\n", "", "\nBRIDGE_DATA_DIR=" + folder + "/data\n")));
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                  "-cp",
                  System.getProperty("payara.microJar") + File.pathSeparator + classes(),
                  Redeployer.class.getName(),
                  Integer.toString(port),
                  System.getProperty("bridge.war"))
              .directory(folder.toFile())
              .redirectError(folder.resolve("log").toFile());
      builder.environment().put("BRIDGE_ENV_FILE", folder.resolve("bridge.env").toString());
      RedeployedServer server = new RedeployedServer(builder.start(), port);
      server.reply();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Carries out an order of the {@link Redeployer} and tells what it said. */
  public String order(String order) {
    try {
      orders.write(order + "\n");
      orders.flush();
      return reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String reply() throws IOException {
    for (String line = replies.readLine(); line != null; line = replies.readLine()) {
      if (line.startsWith(Redeployer.REPLY)) {
        return line.substring(Redeployer.REPLY.length());
      }
    }
    throw new IOException("the server is gone");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The tests' own classes, of which the program needs one. */
  private static String classes() {
    return Path.of(
            URI.create(
                Redeployer.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
