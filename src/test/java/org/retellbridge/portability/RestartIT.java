package org.retellbridge.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.retellbridge.BridgeApplication;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.BridgeUnderTest;
import org.retellbridge.harness.DeployedBridge;
import org.retellbridge.harness.server.ServerUnderTest;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolCall;
import org.retellbridge.twin.wire.Json;

/** The same file given again, and the same server started again. */
class RestartIT extends DeployedBridge {
  private static final int ROUNDS = 4;
  private static final int THREADS = 64;

  /**
   * The one that runs, the one whose record the JDK's own {@code ObjectMethods} has seen last, and
   * one in a server's own memory of the last request.
   */
  private static final int MOST = 3;

  @Deployment(testable = false)
  static WebArchive bridge() {
    return BridgeUnderTest.with(Map.of());
  }

  @Test
  void redeployingLeavesNothingBehind() {
    int rounds = ServerUnderTest.redeploysInPlace() ? ROUNDS : 1;
    for (int round = 1; round <= rounds; round++) {
      works();
      ServerUnderTest.redeploy();
    }
    works();

    if (ServerUnderTest.forgetsApplications()) {
      awaitOldApplicationsToBeForgotten();
    }
  }

  private void awaitOldApplicationsToBeForgotten() {
    Await.until(
        "the server has given back what it does not run",
        Duration.ofMinutes(1),
        () -> {
          askOnAllThreads();
          return ServerUnderTest.copies(BridgeApplication.class.getName()) <= MOST;
        });
  }

  /** A thread of a server keeps its last request until the next one. */
  private void askOnAllThreads() {
    HttpRequest unsigned = HttpRequest.newBuilder(local("/start")).build();
    CompletableFuture.allOf(
            Stream.generate(() -> http.sendAsync(unsigned, HttpResponse.BodyHandlers.discarding()))
                .limit(THREADS)
                .toArray(CompletableFuture[]::new))
        .join();
  }

  @Test
  void worksAsBeforeWhenTheServerWasStartedAgain() {
    works();
    ServerUnderTest.restart();
    works();
  }

  /** All three REST clients and the ledger's file. */
  private void works() {
    twin.reset();
    assertThat(twin.twilio().placeCall(call()).reachedAgent()).isTrue();
    Await.until("the ledger is up", () -> operate("/status").body().contains("\"up\":true"));
    var agent =
        twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
    assertThat(
            agent
                .callFunction(
                    ToolCall.of(
                        twin.publicUrl("/add_event"), "rated", Json.strings(Map.of("rating", "5"))))
                .json()
                .getString("message"))
        .isEqualTo("accepted");
    Await.until("Segment has it", () -> !twin.segment().messages().isEmpty());
    assertThat(
            agent
                .callFunction(
                    ToolCall.of(twin.publicUrl("/lookup"), "lookup", Json.strings(Map.of())))
                .status())
        .isEqualTo(200);
    assertThat(twin.segment().profileRequests().total()).isPositive();
    assertThat(
            agent
                .callFunction(
                    ToolCall.of(
                        twin.publicUrl("/send_sms"),
                        "send_sms",
                        Json.strings(Map.of("message", "Hello"))))
                .json()
                .getString("status"))
        .isEqualTo("sent");
  }
}
