package org.retellbridge.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.server.CleanEnvironment;
import org.retellbridge.harness.server.Folders;
import org.retellbridge.harness.server.FreePorts;
import org.retellbridge.harness.server.ServerLog;
import org.retellbridge.harness.server.ShortLife;
import org.retellbridge.harness.server.Tether;

/**
 * A Payara Micro of its own process with the packaged WAR, on 127.0.0.1, that can be killed and
 * started again on the same data.
 */
public final class Node implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder;
  private final List<String> options;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> jvm = new ArrayList<>(ShortLife.OPTIONS);
  private final int port = FreePorts.one();
  private List<String> script = List.of();
  private Process process;

  private Node(Path folder, List<String> options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * A node that is not started yet.
   *
   * @param folder for its settings, its log and its data
   * @param options more of Payara Micro's options
   */
  public static Node in(Path folder, Map<String, String> settings, List<String> options) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("bridge.env"),
          settings.entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .collect(Collectors.joining("\n", "", "\nBRIDGE_DATA_DIR=" + folder + "/data\n")));
      return new Node(folder, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** More environment variables of the process. */
  public Node with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** More options of the process's JVM; the last one of a kind counts. */
  public Node withJvm(String... options) {
    jvm.addAll(List.of(options));
    return this;
  }

  /** Started by a script as operators do, which takes all from the environment. */
  public Node byScript(Path shell, Path war) {
    script = List.of(shell.toString());
    environment.putAll(
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"),
            "PAYARA_MICRO", System.getProperty("payara.microJar"),
            "BRIDGE_WAR", war.toString(),
            "HTTP_PORT", Integer.toString(port),
            "HTTP_LOOPBACK", "true"));
    return this;
  }

  /** Starts the process; it does not answer yet. */
  public Node start() {
    ProcessBuilder builder =
        CleanEnvironment.of(script.isEmpty() ? command() : script).directory(folder.toFile());
    builder.environment().put("BRIDGE_ENV_FILE", folder.resolve("bridge.env").toString());
    // A script hands its own options to Java unquoted, and the folder's name may have blanks.
    builder.environment().put("JDK_JAVA_OPTIONS", "\"-Djava.io.tmpdir=" + scratch() + "\"");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    try {
      Folders.emptied(scratch());
      process = Tether.to(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** For a script that ends by itself: its status. */
  public int await() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IllegalStateException("it does not end: " + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where Payara Micro unpacks itself; when it is killed, 140 MB stay there. */
  private Path scratch() {
    return folder.resolve("tmp");
  }

  private List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
            "-jar",
            System.getProperty("payara.microJar"),
            "--deploy",
            System.getProperty("bridge.war"),
            "--port",
            Integer.toString(port),
            "--nocluster",
            "--nohazelcast",
            "--disablephonehome",
            "--prebootcommandfile",
            System.getProperty("bridge.preboot")));
    command.addAll(options);
    return command;
  }

  /** Waits until the bridge answers. */
  public Node awaitUp() {
    Await.until(
        "the node answers; its log: " + folder.resolve("log"),
        PATIENCE,
        () -> !process.isAlive() || answers());
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended by itself: " + log());
    }
    return this;
  }

  /** {@code kill -9}. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** The megabytes of everything that is reachable, after a collection. */
  public long liveHeapMegabytes() {
    String histogram = Jcmd.run(process.pid(), "GC.class_histogram");
    String total =
        histogram.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.strip().split("\\s+")[2]) / 1_048_576;
  }

  /** What runs, as the operating system says it. */
  public String runs() {
    return process.info().commandLine().orElseThrow();
  }

  public String log() {
    return ServerLog.text(folder.resolve("log"));
  }

  @Override
  public void close() {
    if (process == null) {
      return;
    }
    try {
      end();
    } finally {
      ServerLogs.keep(folder.resolve("log"));
    }
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
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
          (HttpURLConnection) URI.create(url("/start")).toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(10_000);
      return connection.getResponseCode() == 403;
    } catch (IOException e) {
      return false;
    }
  }
}
