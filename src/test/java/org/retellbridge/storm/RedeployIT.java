package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.RedeployedServer;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.twilio.CallRequest;
import org.retellbridge.twin.twilio.LiveCall;

/** What is taken off a server leaves nothing behind: no thread, no timer, no class. */
class RedeployIT {
  private static final int TIMES = 10;

  @TempDir private Path folder;

  @Test
  void leavesNothingBehind() {
    try (Twin twin = Twin.start();
        RedeployedServer server = RedeployedServer.start(folder, twin.settings())) {
      twin.publish(server.url());
      for (int i = 0; i < TIMES; i++) {
        assertThat(server.order("deploy")).isEqualTo("true");
        useEverything(twin);
        assertThat(server.order("undeploy")).isEqualTo("done");
        twin.reset();
      }
      Await.until("every thread ends", () -> server.order("threads").equals("[]"));
      // The server itself may remember the application that it has just put away.
      assertThat(Long.parseLong(server.order("loaders"))).isLessThanOrEqualTo(1);
    }
  }

  /** Every vendor, the ledger, the timers. */
  private static void useEverything(Twin twin) {
    LiveCall call =
        twin.twilio()
            .openCall(CallRequest.to(twin.publicUrl("/start"), TwinNames.CALLER, TwinNames.NUMBER));
    AgentCall agent = call.awaitAgent();
    for (String path :
        new String[] {"/lookup", "/save_customer", "/add_event", "/send_sms", "/create_task"}) {
      assertThat(
              agent
                  .callFunction(
                      twin.publicUrl(path), "f", Map.of("message", "Hi", "summary", "a pizza"))
                  .ok())
          .as(path)
          .isTrue();
    }
    agent.hangUp();
    assertThat(call.awaitEnd().reachedAgent()).isTrue();
  }
}
