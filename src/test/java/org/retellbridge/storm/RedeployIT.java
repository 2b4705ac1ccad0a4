package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.BridgeApplication;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.RedeployedServer;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.twilio.CallRequest;

/** What is taken off a server leaves nothing behind: no thread, no file, no class. */
class RedeployIT {
  private static final int TIMES = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void leavesNothingBehind() throws IOException {
    try (Twin twin = Twin.start();
        RedeployedServer server = RedeployedServer.start(folder, settings(twin))) {
      twin.publish(server.url());
      for (int i = 0; i < TIMES; i++) {
        assertThat(server.order("deploy")).isEqualTo("true");
        assertThat(server.copies(BridgeApplication.class.getName())).isPositive();
        useEverything(twin);
        askTheDoctor(server);
        assertThat(server.order("undeploy")).isEqualTo("done");
      }
      assertThat(server.log()).doesNotContain("WELD-000019");
      assertThat(server.order("settle")).isEqualTo("done");
      Await.until("every thread ends", PATIENCE, () -> server.order("threads").equals("[]"));
      assertCollected(server);
      assertThat(locked(folder.resolve("data"))).isEmpty();
    }
  }

  private static void assertCollected(RedeployedServer server) {
    try {
      Await.until(
          "every class is collected",
          PATIENCE,
          () -> server.copies(BridgeApplication.class.getName()) == 0);
    } catch (AssertionError e) {
      throw new AssertionError("threads that know the application: " + server.order("heirs"), e);
    }
  }

  /** Every vendor, the ledger, the timers. */
  private static void useEverything(Twin twin) {
    twin.reset();
    assertThat(
            twin.twilio()
                .placeCall(
                    CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER))
                .reachedAgent())
        .isTrue();
    AgentCall agent =
        twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
    for (String path : List.of("/lookup", "/save_customer", "/add_event", "/send_sms")) {
      assertThat(
              agent
                  .callFunction(
                      twin.publicUrl(path), "f", Map.of("message", "Hi", "name", "A Caller"))
                  .ok())
          .as(path)
          .isTrue();
    }
    Await.until("Segment has it", PATIENCE, () -> !twin.segment().messages().isEmpty());
  }

  private static Map<String, String> settings(Twin twin) {
    Map<String, String> settings = twin.settings();
    settings.put("OPERATIONS_TOKEN", BridgeUnderTest.OPERATIONS_TOKEN);
    return settings;
  }

  /** It asks the vendors by clients of its own. */
  private static void askTheDoctor(RedeployedServer server) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/status/doctor"))
            .header("Authorization", "Bearer " + BridgeUnderTest.OPERATIONS_TOKEN)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    assertThat(answer.body())
        .contains("\"setting\":\"SEGMENT_TRACKING_API_BASE_URL\",\"result\":\"ok\"");
  }

  /** Files that somebody else has locked. */
  private static List<Path> locked(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(RedeployIT::isLocked).toList();
    }
  }

  private static boolean isLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
