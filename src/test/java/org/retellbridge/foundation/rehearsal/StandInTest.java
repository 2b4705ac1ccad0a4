package org.retellbridge.foundation.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInTest {
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: here\r\n";

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final StandIn standIn = new StandIn("{\"done\":true}");
  private final AtomicReference<String> answer = new AtomicReference<>();

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  /** The answer ends with the connection, so a stand-in that reads on would never give it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 7\r\n\r\n{\"a\":1}",
        "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n\r\n"
      })
  void saysYesToAnObject(String rest) {
    assertThat(
            standIn.hears(
                base -> CompletableFuture.runAsync(() -> send(base, HEAD + rest), executor)))
        .isTrue();
    assertThat(answer.get()).startsWith("HTTP/1.1 201 ").endsWith("\r\n\r\n{\"done\":true}");
  }

  @Test
  void doesNotStopTheStartWhenTheQuestionFails() {
    assertThat(standIn.hears(base -> CompletableFuture.failedStage(new IOException("refused"))))
        .isFalse();
    assertThat(
            standIn.hears(
                base -> {
                  throw new IllegalStateException("no client");
                }))
        .isFalse();
  }

  /** Nobody has called by then, and the start must not wait for anybody. */
  @Test
  void waitsForNobodyWhoWillNotCome() {
    CompletableFuture<Void> question = new CompletableFuture<>();
    executor.execute(() -> question.completeExceptionally(new IOException("no route")));

    assertThat(standIn.hears(base -> question)).isFalse();
  }

  private void send(URI base, String request) {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      answer.set(new String(socket.getInputStream().readAllBytes(), US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
