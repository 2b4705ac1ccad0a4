package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.Node;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.Json;

/** Functions of long calls wait for a slow vendor, and what was said does not fill the heap. */
class LongCallsIT {
  private static final int WAITING = 100;

  /** A talk of some ten minutes. */
  private static final int WORDS = 2_000;

  /** For as much of the heap one may be under way to a vendor. */
  private static final long KILOBYTES_EACH = 256;

  private final Twin twin = Twin.start();
  private final ExecutorService callers = Executors.newFixedThreadPool(WAITING);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    callers.shutdownNow();
    twin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void keepsNoTranscriptWhileItWaits(String fastPath) {
    Map<String, String> settings = new HashMap<>(twin.settings());
    settings.putAll(Map.of("FUNCTION_BUDGET", "PT100S", "FAST_PATH", fastPath));
    try (Node node = Node.in(folder, settings, List.of()).start()) {
      node.awaitUp();
      twin.publish(node.url(""));
      twin.segment().know(Map.of("phone", TwinNames.CALLER), Json.strings(Map.of("name", "Mia")));
      assertThat(lookUp(talk("Hello.")).heardByModel()).contains("Mia");
      AgentCall talk = talk("word ".repeat(WORDS));
      long before = node.liveHeapMegabytes();

      twin.segment().profileFaults().always(Fault.trickle(Duration.ofMillis(500)));
      twin.segment().profileRequests().clear();
      List<CompletableFuture<ToolAnswer>> waiting =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> lookUp(talk), callers))
              .limit(WAITING)
              .toList();
      Await.until("all wait", () -> twin.segment().profileRequests().total() >= WAITING);

      assertThat(node.liveHeapMegabytes() - before)
          .as("megabytes for " + WAITING)
          .isLessThan(WAITING * KILOBYTES_EACH / 1024);
      assertThat(waiting).as("all still wait").noneMatch(CompletableFuture::isDone);
    }
  }

  private AgentCall talk(String said) {
    AgentCall agent =
        twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
    agent.hears(said);
    return agent;
  }

  private ToolAnswer lookUp(AgentCall agent) {
    return agent.callFunction(twin.publicUrl("/lookup"), "lookup", Map.of());
  }
}
