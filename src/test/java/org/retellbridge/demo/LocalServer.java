package org.retellbridge.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.retellbridge.harness.server.CleanEnvironment;
import org.retellbridge.harness.server.Folders;
import org.retellbridge.harness.server.Tether;

/** Payara Micro with the WAR, in a process of its own, on 127.0.0.1. */
final class LocalServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final int port;
  private final Path log;

  private LocalServer(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  static LocalServer start(Path microJar, Path war, Path preboot, Path settings, Path directory)
      throws IOException {
    int port = freePort();
    Path log = directory.resolve("payara-micro.log");
    ProcessBuilder builder =
        CleanEnvironment.of(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                // Java 17 on one or two cores starts a thread for each answer of a vendor without
                // it.
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                // It unpacks itself there, and the next run empties the folder.
                "-Djava.io.tmpdir=" + Folders.emptied(directory.resolve("tmp")),
                "-jar",
                microJar.toString(),
                "--deploy",
                war.toString(),
                "--port",
                Integer.toString(port),
                "--nocluster",
                "--nohazelcast",
                "--disablephonehome",
                "--prebootcommandfile",
                preboot.toString()));
    builder.environment().put("BRIDGE_ENV_FILE", settings.toString());
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new LocalServer(Tether.to(builder.start()), port, log);
  }

  /** Waits until the bridge answers; tells each second how long it has been. */
  void awaitReady(Consumer<Long> progress) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!answers()) {
      if (!process.isAlive() || elapsed(start).compareTo(PATIENCE) > 0) {
        throw new IOException("Payara Micro did not start; its log is " + log);
      }
      progress.accept(elapsed(start).toSeconds());
      process.waitFor(1, TimeUnit.SECONDS);
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  Path log() {
    return log;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** An unsigned voice webhook is refused with 403 by a bridge that is up, and by nothing else. */
  private boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url() + "/start").toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      return connection.getResponseCode() == 403;
    } catch (IOException e) {
      return false;
    }
  }

  private static Duration elapsed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
