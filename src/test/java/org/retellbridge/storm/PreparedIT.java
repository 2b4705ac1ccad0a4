package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
import org.retellbridge.harness.Node;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.twilio.PlacedCall;
import org.retellbridge.twin.wire.Json;

/** What {@code prepare.sh} makes is the same bridge, also with a function that a company added. */
class PreparedIT {
  private static final Path SCRIPTS = Path.of(System.getProperty("bridge.preboot")).getParent();

  @TempDir private Path folder;

  @Test
  void answersCallsFunctionsAndOperators() throws Exception {
    Path war = withOwnFunction();
    Map<String, String> prepared = Map.of("SERVER_DIR", folder.resolve("server").toString());
    // Whose settings they are is not asked.
    Node preparation = Node.in(folder.resolve("preparation"), Map.of(), List.of()).with(prepared);
    assertThat(preparation.byScript(SCRIPTS.resolve("prepare.sh"), war).start().await())
        .as(preparation.log())
        .isZero();
    // All but the ones that must stay are Java's to archive.
    assertThat(libraries(folder.resolve("server/bridge.war")))
        .hasSize(2)
        .anyMatch(name -> name.startsWith("postgresql-"))
        .contains("own-tools.jar");

    try (Twin twin = Twin.start();
        Node node =
            Node.in(folder.resolve("node"), twin.settings(), List.of())
                .with(prepared)
                .byScript(SCRIPTS.resolve("run.sh"), war)
                .start()
                .awaitUp()) {
      twin.publish(node.url(""));
      assertThat(node.runs()).contains("/server/launch-micro.jar", "/server/bridge.war");

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
    }
  }

  private static ToolAnswer ask(
      AgentCall agent, Twin twin, String function, Map<String, String> arguments) {
    return agent.callFunction(twin.publicUrl("/" + function), function, Json.strings(arguments));
  }

  private Path withOwnFunction() {
    JavaArchive jar =
        ShrinkWrap.create(JavaArchive.class, "own-tools.jar")
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
