package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.example.tools.OrderStatusResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.Node;
import org.retellbridge.harness.server.JndiDatabase;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Json;

/**
 * What {@code prepare.sh} makes is the same bridge, also with a function that a company added and
 * on PostgreSQL.
 */
class PreparedIT {
  private static final Path SCRIPTS = Path.of(System.getProperty("bridge.preboot")).getParent();

  /** In the field's own prefix, as a company may well name it. */
  private static final String OWN = "twilio-own-tools-1.0.jar";

  /** Ends Java where it cannot use what was prepared for it. */
  private static final String AS_PREPARED =
      Runtime.version().feature() >= 25 ? "-XX:AOTMode=on" : "-Xshare:on";

  @TempDir private Path folder;

  @Test
  void answersCallsFunctionsAndOperators() throws Exception {
    Path war = withOwnFunction();
    Map<String, String> prepared =
        Map.of(
            "SERVER_DIR", folder.resolve("the server").toString(),
            "POSTGRESQL_JAR", JndiDatabase.driver().toString());
    prepare(war, prepared);
    // All but the ones that must stay are Java's to archive.
    assertThat(libraries(folder.resolve("the server/bridge.war")))
        .hasSize(2)
        .anyMatch(name -> name.startsWith("postgresql-"))
        .contains(OWN);

    try (Twin twin = Twin.start();
        Node node =
            Node.in(folder.resolve("node"), settings(twin), List.of())
                .with(prepared)
                .with(JndiDatabase.environment())
                .with(Map.of("JAVA_OPTS", "-Xms512m -Xmx512m -XX:+UseParallelGC " + AS_PREPARED))
                .byScript(SCRIPTS.resolve("run.sh"), war)
                .start()
                .awaitUp()) {
      twin.publish(node.url(""));
      assertThat(node.runs()).contains("/the server/launch-micro.jar", "/the server/bridge.war");

      PlacedCall call =
          twin.twilio()
              .placeCall(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER, Map.of());
      assertThat(call.reachedAgent()).isTrue();
      assertThat(call.problems()).isEmpty();

      AgentCall agent =
          twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
      assertThat(ask(agent, twin, "lookup", Map.of()).status()).isEqualTo(200);
      assertThat(
              ask(agent, twin, "order_status", Map.of("order_number", "4711"))
                  .json()
                  .getString("status"))
          .isEqualTo("on its way");
      // It answers before, and goes on alone until then.
      Await.until(
          "it has its ledger",
          Duration.ofMinutes(1),
          () -> status(node).contains("\"database\":\"postgresql\""));
    }
  }

  /** Of the company's settings it takes none, or it would open the company's database. */
  private void prepare(Path war, Map<String, String> prepared) throws IOException {
    Path preparation = folder.resolve("preparation");
    Node node = Node.in(preparation, Map.of(), List.of()).with(prepared);
    Files.writeString(preparation.resolve(".env"), "BRIDGE_DATASOURCE=jdbc/not_there");
    assertThat(node.byScript(SCRIPTS.resolve("prepare.sh"), war).start().await())
        .as(node.log())
        .isZero();
  }

  private static Map<String, String> settings(Twin twin) {
    Map<String, String> settings = new HashMap<>(twin.settings());
    settings.put("BRIDGE_DATASOURCE", "jdbc/bridge");
    settings.put("BRIDGE_DATA_KEY", "dGhlIGRhdGEga2V5IG9mIHRoZSB0ZXN0cywgMzIgYi4=");
    settings.put("OPERATIONS_TOKEN", "operations-token-of-the-tests");
    return settings;
  }

  private static String status(Node node) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url("/status")))
            .header("Authorization", "Bearer operations-token-of-the-tests")
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ToolAnswer ask(
      AgentCall agent, Twin twin, String function, Map<String, String> arguments) {
    return agent.callFunction(twin.publicUrl("/" + function), function, Json.strings(arguments));
  }

  private Path withOwnFunction() {
    JavaArchive jar =
        ShrinkWrap.create(JavaArchive.class, OWN)
            .addClasses(OrderStatusResource.class, OrderStatusResource.Arguments.class);
    Path war = folder.resolve("own.war");
    ShrinkWrap.createFromZipFile(
            WebArchive.class, Path.of(System.getProperty("bridge.war")).toFile())
        .addAsLibrary(jar)
        .as(ZipExporter.class)
        .exportTo(war.toFile());
    return war;
  }

  private static List<String> libraries(Path war) throws IOException {
    try (ZipFile zip = new ZipFile(war.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".jar"))
          .map(name -> name.substring(name.lastIndexOf('/') + 1))
          .toList();
    }
  }
}
