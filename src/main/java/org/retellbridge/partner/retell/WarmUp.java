package org.retellbridge.partner.retell;

import static java.lang.System.Logger.Level.DEBUG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.retellbridge.foundation.resilience.Timers;

/**
 * Registers one made-up call with a stand-in on this machine while the application starts, so that
 * the first real caller does not wait for classes to be loaded. Without it the first webhook after
 * a start took seconds, on a busy machine longer than Twilio waits.
 */
@ApplicationScoped
public class WarmUp {
  private static final System.Logger LOGGER = System.getLogger(WarmUp.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ANSWER = "{\"call_id\":\"call_0\"}";
  private static final int LARGEST_REQUEST = 8 * 1024;

  private RetellCalls calls;
  private Timers timers;

  WarmUp() {}

  @Inject
  WarmUp(RetellCalls calls, Timers timers) {
    this.calls = calls;
    this.timers = timers;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    try (ServerSocket standIn = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      standIn.setSoTimeout((int) PATIENCE.toMillis());
      URI base = URI.create("http://127.0.0.1:" + standIn.getLocalPort());
      CompletionStage<?> registered = calls.rehearse(base, madeUp());
      timers.executor().execute(() -> answerOnce(standIn));
      registered.toCompletableFuture().get(PATIENCE.toMillis(), MILLISECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      LOGGER.log(DEBUG, "The warm-up did not get through: {0}", e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static NewCall madeUp() {
    return new NewCall(
        new Agent("agent_0", Optional.empty()),
        false,
        Optional.of("+10000000000"),
        Optional.of("+10000000000"),
        Map.of("twilio_call_sid", "none"),
        Map.of());
  }

  private static void answerOnce(ServerSocket standIn) {
    try (Socket socket = standIn.accept()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      InputStream in = socket.getInputStream();
      byte[] request = new byte[LARGEST_REQUEST];
      int length = 0;
      int read;
      while (!new String(request, 0, length, US_ASCII).endsWith("}")
          && length < request.length
          && (read = in.read(request, length, request.length - length)) > 0) {
        length += read;
      }
      String head =
          "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nConnection: close\r\n"
              + "Content-Length: "
              + ANSWER.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + ANSWER).getBytes(US_ASCII));
    } catch (IOException e) {
      LOGGER.log(DEBUG, "The stand-in was not asked: {0}", e.getClass().getName());
    }
  }
}
