package org.retellbridge.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** WildFly with its stock configuration; the deployment folder's marker files tell what happens. */
final class WildFly implements ApplicationServer {
  private final Place place = Place.of("wildfly");
  private final Path base = place.folder().resolve("standalone");
  private final List<Integer> ports = FreePorts.take(3);
  private final Map<String, String> environment = new HashMap<>(JndiDatabase.environment());
  private ServerProcess process;

  @Override
  public void start() {
    Place.copy(place.home().resolve("standalone"), base);
    configure();
    launch();
  }

  /** As an operator does it, before the first start. */
  private void configure() {
    Place.copy(JndiDatabase.driver(), base.resolve("deployments/postgresql.jar"));
    cli("bridge.cli");
    cli("postgresql.cli");
    environment.put(
        "JAVA_OPTS", "-Xmx512m -Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
  }

  private void cli(String script) {
    ServerProcess cli =
        ServerProcess.start(
            place,
            place.folder().resolve("cli.log"),
            Map.of("JAVA_OPTS", "-Djboss.server.base.dir=" + base),
            "bash",
            place.home().resolve("bin/jboss-cli.sh").toString(),
            "--file=" + place.config().resolve(script));
    if (cli.await() != 0) {
      throw new IllegalStateException(script + " fails, see " + place.folder());
    }
  }

  private void launch() {
    process =
        ServerProcess.start(
            place,
            place.folder().resolve("console.log"),
            environment,
            "bash",
            place.home().resolve("bin/standalone.sh").toString(),
            "-Djboss.server.base.dir=" + base,
            "-Djboss.http.port=" + ports.get(0),
            "-Djboss.https.port=" + ports.get(1),
            "-Djboss.management.http.port=" + ports.get(2));
  }

  @Override
  public void deploy(Path war) {
    try {
      Path target = base.resolve("deployments").resolve(FILE);
      Path half = place.folder().resolve(FILE);
      Files.copy(war, half, StandardCopyOption.REPLACE_EXISTING);
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(marker("dodeploy"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Patience.until(
        "WildFly takes the WAR or not",
        process,
        () -> Files.exists(marker("deployed")) || Files.exists(marker("failed")));
  }

  @Override
  public void undeploy() {
    if (Files.exists(marker("failed"))) {
      return;
    }
    try {
      Files.deleteIfExists(marker("deployed"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Patience.until("WildFly gives the WAR up", process, () -> Files.exists(marker("undeployed")));
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
    return ports.get(0);
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
    return base.resolve("log/server.log");
  }

  @Override
  public String refusal() {
    return "WFLYCTL0013";
  }

  private Path marker(String what) {
    return base.resolve("deployments").resolve(FILE + "." + what);
  }
}
