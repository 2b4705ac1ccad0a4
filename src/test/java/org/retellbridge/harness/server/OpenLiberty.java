package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/** Open Liberty with the operator's {@code server.xml}; it watches the application's file. */
final class OpenLiberty implements ApplicationServer {
  private static final String GONE = "CWWKZ0009I";

  private final Place place = Place.of("open-liberty");
  private final Path server = place.folder().resolve("servers/bridge");
  private final int port = FreePorts.one();
  private final Map<String, String> environment = new HashMap<>(JndiDatabase.environment());
  private ServerProcess process;

  @Override
  public void start() {
    Place.copy(place.config().resolve("server.xml"), server.resolve("server.xml"));
    Place.copy(place.config().resolve("jvm.options"), server.resolve("jvm.options"));
    Place.copy(
        place.config().resolve("postgresql.xml"),
        server.resolve("configDropins/overrides/postgresql.xml"));
    environment.put("WLP_USER_DIR", place.folder().toString());
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put("POSTGRESQL_DIR", JndiDatabase.driver().getParent().toString());
    environment.put(
        "JVM_ARGS", "-Xmx512m -Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
    launch();
  }

  private void launch() {
    process =
        ServerProcess.start(
            place,
            place.folder().resolve("console.log"),
            environment,
            "bash",
            place.home().resolve("bin/server").toString(),
            "run",
            "bridge");
    Patience.until("Open Liberty is ready", process, () -> logged().contains("CWWKF0011I"));
  }

  @Override
  public void deploy(Path war) {
    try {
      Path half = place.folder().resolve(FILE);
      Files.createDirectories(server.resolve("apps"));
      Files.copy(war, half, StandardCopyOption.REPLACE_EXISTING);
      Files.move(half, server.resolve("apps").resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void undeploy() {
    int before = logged().length();
    try {
      Files.delete(server.resolve("apps").resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Patience.until(
        "Open Liberty gives the WAR up", process, () -> logged().substring(before).contains(GONE));
  }

  @Override
  public void stop() {
    process.stop();
  }

  @Override
  public void restart() {
    process.stop();
    launch();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public long pid() {
    return process.javaPid();
  }

  @Override
  public Path log() {
    return server.resolve("logs/messages.log");
  }

  @Override
  public String refusal() {
    return "CWWKZ0012I";
  }

  private String logged() {
    return ServerLog.text(log());
  }
}
