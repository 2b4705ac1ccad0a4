package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** GlassFish with a domain of its own, driven by {@code asadmin}. */
final class GlassFish implements ApplicationServer {
  private static final String DOMAIN = "bridge";
  private static final List<String> PORTS =
      List.of(
          "domain.instancePort",
          "domain.adminPort",
          "domain.jmxPort",
          "http.ssl.port",
          "jms.port",
          "orb.listener.port",
          "orb.ssl.port",
          "orb.mutualauth.port",
          "osgi.shell.telnet.port",
          "java.debugger.port");

  private final Place place = Place.of("glassfish");
  private final Path domains = place.folder().resolve("domains");
  private final List<Integer> ports = FreePorts.take(PORTS.size());

  private final Map<String, String> environment = new HashMap<>(JndiDatabase.environment());

  @Override
  public void start() {
    environment.put("AS_JAVA", place.java().toString());
    List<String> properties = new ArrayList<>();
    for (int i = 0; i < PORTS.size(); i++) {
      properties.add(PORTS.get(i) + "=" + ports.get(i));
    }
    asadmin(
        "create-domain",
        "--nopassword=true",
        "--savelogin=false",
        "--domaindir",
        domains.toString(),
        "--domainproperties",
        String.join(":", properties),
        DOMAIN);
    listenOnLoopback();
    Place.copy(
        JndiDatabase.driver(),
        domains.resolve(DOMAIN).resolve("lib").resolve(JndiDatabase.driver().getFileName()));
    // Before the first start: no domain stays behind when a command after it fails.
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopQuietly));
    launch();
    admin("multimode", "--file", place.config().resolve("bridge.asadmin").toString());
    defineDatabase();
    admin("multimode", "--file", place.config().resolve("postgresql.asadmin").toString());
  }

  /** The command gives up after a minute, for which a busy machine is too slow. */
  private void launch() {
    start(Stream.of("start-domain", "--domaindir", domains.toString(), DOMAIN)).await();
    Patience.until("GlassFish is ready", () -> start(toAdmin("uptime")).await() == 0);
  }

  @Override
  public void deploy(Path war) {
    admin("deploy", "--name", "bridge", war.toString());
  }

  @Override
  public void undeploy() {
    admin("undeploy", "bridge");
  }

  @Override
  public void stop() {
    asadmin("stop-domain", "--domaindir", domains.toString(), DOMAIN);
  }

  @Override
  public void restart() {
    stop();
    launch();
  }

  @Override
  public int port() {
    return ports.get(0);
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public long pid() {
    return Long.parseLong(ServerLog.text(domains.resolve(DOMAIN).resolve("config/pid")).strip());
  }

  @Override
  public Path log() {
    return domains.resolve(DOMAIN).resolve("logs/server.log");
  }

  @Override
  public String refusal() {
    return "Exception while loading the app";
  }

  /** What an operator says once. */
  private void defineDatabase() {
    admin(
        "create-system-properties",
        Stream.of("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER")
            .map(name -> name + "=" + environment.get(name))
            .collect(Collectors.joining(":")));
    Path secret = place.folder().resolve("secret");
    try {
      Files.writeString(secret, "AS_ADMIN_ALIASPASSWORD=" + environment.get("DB_PASSWORD") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    admin("--passwordfile", secret.toString(), "create-password-alias", "bridge-db");
  }

  /** All that a fresh domain offers, it offers to the whole network. */
  private void listenOnLoopback() {
    Path file = domains.resolve(DOMAIN).resolve("config/domain.xml");
    try {
      Files.writeString(
          file,
          Files.readString(file)
              .replace("0.0.0.0", "127.0.0.1")
              .replaceAll(
                  "<network-listener (?![^>]*address=)", "<network-listener address=\"127.0.0.1\" ")
              .replace(
                  "-Xmx512m",
                  "-Xmx512m</jvm-options><jvm-options>-Djava.util.concurrent.ForkJoinPool.common.parallelism=2"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stopQuietly() {
    start(Stream.of("stop-domain", "--force", "--kill", "--domaindir", domains.toString(), DOMAIN))
        .await();
  }

  private void admin(String... command) {
    asadmin(toAdmin(command).toArray(String[]::new));
  }

  private Stream<String> toAdmin(String... command) {
    return Stream.concat(
        Stream.of("--host", "127.0.0.1", "--port", ports.get(1).toString()), Stream.of(command));
  }

  private void asadmin(String... command) {
    int status = start(Stream.of(command)).await();
    if (status != 0) {
      throw new IllegalStateException(
          "asadmin " + String.join(" ", command) + ": " + status + ", see " + output());
    }
  }

  private ServerProcess start(Stream<String> command) {
    return ServerProcess.start(
        place,
        output(),
        environment,
        Stream.concat(
                Stream.of(
                    place.javaCommand().toString(),
                    "-jar",
                    place.home().resolve("glassfish/lib/client/appserver-cli.jar").toString()),
                command)
            .toArray(String[]::new));
  }

  private Path output() {
    return place.folder().resolve("asadmin.log");
  }
}
