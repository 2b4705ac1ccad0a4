package org.retellbridge.harness;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.retellbridge.harness.server.CleanEnvironment;
import org.retellbridge.harness.server.Folders;
import org.retellbridge.harness.server.FreePorts;
import org.retellbridge.harness.server.ServerLog;

/** A {@link Redeployer} in a process of its own. */
public final class RedeployedServer implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path log;
  private final Writer orders;
  private final BufferedReader replies;

  private RedeployedServer(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.replies = process.inputReader(StandardCharsets.UTF_8);
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
      int port = FreePorts.one();
      Path log = folder.resolve("log");
      ProcessBuilder builder =
          CleanEnvironment.of(command(port, Folders.emptied(folder.resolve("tmp"))))
              .directory(folder.toFile())
              .redirectError(log.toFile());
      builder.environment().put("BRIDGE_ENV_FILE", folder.resolve("bridge.env").toString());
      RedeployedServer server = new RedeployedServer(builder.start(), port, log);
      server.reply();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(int port, Path scratch) throws IOException {
    String server = System.getProperty("payara.microJar");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // What is softly held is kept for as long as there is room: no leak, but not gone.
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                // It is killed in the end, and what it unpacked would stay.
                "-Djava.io.tmpdir=" + scratch));
    // What the jar's manifest opens when it is started by -jar.
    try (JarFile jar = new JarFile(server)) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      for (String name : List.of("Add-Opens", "Add-Exports")) {
        for (String what : manifest.getValue(name).split("\\s+")) {
          command.add("--" + name.toLowerCase(java.util.Locale.ROOT) + "=" + what + "=ALL-UNNAMED");
        }
      }
    }
    command.addAll(
        List.of(
            "-cp",
            server + File.pathSeparator + classes(),
            Redeployer.class.getName(),
            System.getProperty("bridge.war"),
            "--port",
            Integer.toString(port),
            "--nocluster",
            "--nohazelcast",
            "--disablephonehome",
            "--prebootcommandfile",
            System.getProperty("bridge.preboot")));
    return command;
  }

  /** Where it listens; without a slash at the end. */
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

  /** How many copies of a class there are after a collection: one for each class loader. */
  public long copies(String className) {
    Jcmd.run(process.pid(), "GC.run");
    return Jcmd.run(process.pid(), "VM.class_hierarchy " + className)
        .lines()
        .filter(line -> line.contains(className + "/"))
        .count();
  }

  /** What it has logged. */
  public String log() {
    return ServerLog.text(log);
  }

  private String reply() throws IOException {
    for (String line = replies.readLine(); line != null; line = replies.readLine()) {
      if (line.startsWith(Redeployer.REPLY)) {
        return line.substring(Redeployer.REPLY.length());
      }
    }
    throw new IOException("the server is gone: " + log());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ServerLogs.keep(log);
    }
  }

  /** The tests' own classes, of which the program needs one. */
  private static String classes() {
    try {
      return Path.of(Redeployer.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
