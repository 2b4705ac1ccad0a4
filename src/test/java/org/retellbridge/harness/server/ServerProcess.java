package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process and its children, which end with it. */
final class ServerProcess {
  private static final int STOP_SECONDS = 60;

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /** Starts it; what it prints goes to the file. */
  static ServerProcess start(
      Place place, Path output, Map<String, String> more, String... command) {
    ProcessBuilder builder =
        CleanEnvironment.of(List.of(command)).directory(place.folder().toFile());
    builder.environment().put("JAVA_HOME", place.java().toString());
    builder.environment().putAll(more);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    try {
      return new ServerProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Asks it to end, as {@code systemctl stop} does, and waits. */
  void stop() {
    List<ProcessHandle> family = family();
    family.forEach(ProcessHandle::destroy);
    try {
      for (ProcessHandle member : family) {
        member.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("the server does not end", e);
    } finally {
      kill();
    }
  }

  /** Waits for a command that ends by itself. */
  int await() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The JVM, which may be a script's child. */
  long javaPid() {
    return family().stream()
        .filter(member -> member.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private void kill() {
    family().forEach(ProcessHandle::destroyForcibly);
  }

  private List<ProcessHandle> family() {
    List<ProcessHandle> family = new java.util.ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    return family;
  }
}
