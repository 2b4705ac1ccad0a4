package org.retellbridge.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.server.FreePorts;

/**
 * A real nginx with the operators' {@code bridge.conf}, on 127.0.0.1. What an operator replaces is
 * replaced: addresses, certificate, and the path prefix, which is commented out there.
 */
public final class Nginx implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path folder;
  private final int plain = FreePorts.one();
  private final int secure = FreePorts.one();
  private Process process;

  private Nginx(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts it.
   *
   * @param bridge the port of the bridge
   * @param operators the only address that may use the operating side
   * @param names the port of what asks for names before the console, where something does
   */
  public static Nginx before(
      int bridge, String operators, OptionalInt names, Path certificate, Path key, Path folder) {
    Nginx nginx = new Nginx(folder);
    try {
      nginx.configure(
          names,
          Map.of(
              "server 127.0.0.1:8080;", "server 127.0.0.1:" + bridge + ";",
              "listen 80;", "listen 127.0.0.1:" + nginx.plain + ";",
              "listen 443 ssl;", "listen 127.0.0.1:" + nginx.secure + " ssl http2;",
              "/etc/ssl/bridge/fullchain.pem", certificate.toString(),
              "/etc/ssl/bridge/privkey.pem", key.toString(),
              "/var/log/nginx/bridge.log", folder.resolve("bridge.log").toString(),
              "# rewrite ^/voice", "rewrite ^/voice",
              "allow 127.0.0.1;", "allow " + operators + ";",
              "allow 10.0.0.0/8;", "allow " + operators + ";"));
      nginx.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return nginx;
  }

  /** One process without rights of its own, which a server for everybody would not be. */
  private void configure(OptionalInt names, Map<String, String> replaced) throws IOException {
    String shipped =
        Files.readString(Path.of(System.getProperty("server.config"), "nginx/bridge.conf"));
    for (Map.Entry<String, String> line : replaced.entrySet()) {
      if (!shipped.contains(line.getKey())) {
        throw new IllegalStateException("bridge.conf has no more: " + line.getKey());
      }
      shipped = shipped.replace(line.getKey(), line.getValue());
    }
    if (names.isPresent()) {
      shipped =
          shipped
              .replaceAll("(?m)^ *#: ", "")
              .replace("http://127.0.0.1:4180;", "http://127.0.0.1:" + names.getAsInt() + ";");
    }
    Files.writeString(folder.resolve("bridge.conf"), shipped);
    StringBuilder places = new StringBuilder();
    for (String what : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      places
          .append("  ")
          .append(what)
          .append("_temp_path ")
          .append(folder)
          .append("/")
          .append(what);
      places.append(";\n");
    }
    Files.writeString(
        folder.resolve("nginx.conf"),
        "daemon off;\nmaster_process off;\npid "
            + folder
            + "/pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log "
            + folder
            + "/access.log;\n"
            + places
            + "  include "
            + folder
            + "/bridge.conf;\n}\n");
  }

  private void start() throws IOException {
    process =
        new ProcessBuilder(
                System.getProperty("nginx.binary"),
                "-p",
                folder.toString(),
                "-e",
                "stderr",
                "-c",
                folder.resolve("nginx.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Await.until("nginx listens", PATIENCE, () -> !process.isAlive() || listens());
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(folder.resolve("nginx.log")));
    }
  }

  /** Where TLS is. */
  public String secure(String path) {
    return "https://localhost:" + secure + path;
  }

  public String plain(String path) {
    return "http://127.0.0.1:" + plain + path;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), secure)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
