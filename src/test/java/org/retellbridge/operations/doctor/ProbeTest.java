package org.retellbridge.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.foundation.outbound.ScriptedServer.text;
import static org.retellbridge.foundation.outbound.ScriptedServer.textThenSilence;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.http.TestHttp;
import org.retellbridge.foundation.outbound.ScriptedServer;
import org.retellbridge.foundation.settings.TestSettings;

/** What answers at the public address may be anything at all. */
class ProbeTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  private final TestHttp http = TestHttp.open();
  private final Probe probe =
      new Probe(
          TestSettings.of(), new Sealed(), Runnable::run, http.get(), Duration.ofMillis(1_500));

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void readsWhatTheBridgeSaw() throws Exception {
    try (ScriptedServer server = new ScriptedServer(text(answer("")))) {
      Probe.Echo echo = get(probe.asTwilio(server.uri().toString()));
      assertThat(echo.seen()).isPresent();
      assertThat(server.requests)
          .singleElement()
          .asString()
          .startsWith("POST /probe?" + Probe.QUERY + " HTTP/1.1\r\n")
          .contains(
              "\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n",
              "\r\nX-Twilio-Signature: ",
              "\r\n" + ProbeSeal.HEADER + ": sealed\r\n")
          .containsOnlyOnce("Content-Type");
    }
  }

  @Test
  void hangsUpOnAnAnswerWithoutEnd() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(textThenSilence(HEAD + "Content-Length: 50\r\n\r\n{"))) {
      assertThat(probe.asTwilio(server.uri().toString()).toCompletableFuture())
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withRootCauseInstanceOf(HttpTimeoutException.class);
      assertThat(server.clientHungUp()).isTrue();
    }
  }

  @Test
  void readsNothingThatTheBridgeWouldNotSay() throws Exception {
    try (ScriptedServer server = new ScriptedServer(text(answer("x".repeat(20_000))))) {
      Probe.Echo echo = get(probe.asTwilio(server.uri().toString()));
      assertThat(echo.status()).isEqualTo(200);
      assertThat(echo.seen()).isEmpty();
    }
  }

  private static String answer(String more) throws IOException {
    String body = "{\"bridge\": \"twilio-retell-bridge\", \"more\": \"" + more + "\"}";
    return HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static Probe.Echo get(CompletionStage<Probe.Echo> asked) throws Exception {
    return asked.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static final class Sealed extends ProbeSeal {
    @Override
    String of(long millis) {
      return "sealed";
    }
  }
}
