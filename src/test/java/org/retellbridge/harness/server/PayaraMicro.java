package org.retellbridge.harness.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.retellbridge.harness.BridgeUnderTest;

/** Payara Micro: a process for each deployment. */
final class PayaraMicro implements ApplicationServer {
  private final Place place = Place.of("payara-micro");
  private final int port = FreePorts.one();
  private ServerProcess process;
  private Path deployed;

  @Override
  public void start() {}

  @Override
  public void deploy(Path war) {
    deployed = war;
    List<String> command = new ArrayList<>();
    command.add(place.javaCommand().toString());
    command.addAll(ShortLife.OPTIONS);
    command.addAll(
        List.of(
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
            "-jar",
            place.home().toString(),
            "--deploy",
            war.toString(),
            "--port",
            Integer.toString(port),
            "--nocluster",
            "--nohazelcast",
            "--disablephonehome",
            "--prebootcommandfile",
            place.config().resolve("bridge.preboot").toString()));
    // As run.sh says it.
    Map<String, String> environment =
        new HashMap<>(Map.of("HTTP_ADDRESS", "127.0.0.1", "REQUEST_THREADS", "16"));
    if (BridgeUnderTest.settings().contains("BRIDGE_DATASOURCE=")) {
      environment.putAll(JndiDatabase.environment());
      command.addAll(
          List.of(
              // The last one counts.
              "--prebootcommandfile",
              JndiDatabase.commands(place.config().resolve("bridge.preboot"), place.folder())
                  .toString(),
              "--addlibs",
              JndiDatabase.driver().toString()));
    }
    process = ServerProcess.start(place, log(), environment, command.toArray(String[]::new));
  }

  @Override
  public void undeploy() {
    process.stop();
  }

  @Override
  public void stop() {}

  @Override
  public void restart() {
    undeploy();
    deploy(deployed);
  }

  @Override
  public boolean gone() {
    return !process.alive();
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
    return place.folder().resolve("server.log");
  }

  @Override
  public String refusal() {
    return "Deployed 0 archive(s)";
  }
}
