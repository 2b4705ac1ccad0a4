package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.BridgeApplication;
import org.retellbridge.foundation.ledger.Await;
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
        RedeployedServer server = RedeployedServer.start(folder, twin.settings())) {
      twin.publish(server.url());
      for (int i = 0; i < TIMES; i++) {
        assertThat(server.order("deploy")).isEqualTo("true");
        assertThat(server.copies(BridgeApplication.class.getName())).isPositive();
        useEverything(twin);
        assertThat(server.order("undeploy")).isEqualTo("done");
      }
      assertThat(server.log()).doesNotContain("WELD-000019");
      assertThat(server.order("settle")).isEqualTo("done");
      Await.until("every thread ends", PATIENCE, () -> server.order("threads").equals("[]"));
      Await.until(
          "every class is collected",
          PATIENCE,
          () -> server.copies(BridgeApplication.class.getName()) == 0);
      assertThat(locked(folder.resolve("data"))).isEmpty();
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
