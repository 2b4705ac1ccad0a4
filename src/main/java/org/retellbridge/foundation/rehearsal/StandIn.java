package org.retellbridge.foundation.rehearsal;

import static java.lang.System.Logger.Level.DEBUG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A vendor on the loopback address who takes one request with a JSON object and says yes. */
public final class StandIn {
  private static final System.Logger LOGGER = System.getLogger(StandIn.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LARGEST_REQUEST = 8 * 1024;

  private final String answer;

  /**
   * @param answer the JSON text that it answers, with 201
   */
  public StandIn(String answer) {
    this.answer = answer;
  }

  /**
   * Has the stand-in asked once, and waits for the answer; never longer than ten seconds for either
   * side, and never with an exception.
   *
   * @param question asks the vendor below this address, without waiting
   * @return whether an answer came
   */
  public boolean hears(Function<URI, CompletionStage<?>> question) {
    try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      here.setSoTimeout((int) PATIENCE.toMillis());
      CompletableFuture<?> asked =
          question
              .apply(URI.create("http://127.0.0.1:" + here.getLocalPort()))
              .toCompletableFuture();
      // Nobody comes any more, or nobody else will.
      asked.whenComplete((answered, thrown) -> close(here));
      answerOnce(here);
      asked.get(PATIENCE.toMillis(), MILLISECONDS);
      return true;
    } catch (IOException | RuntimeException | ExecutionException | TimeoutException e) {
      LOGGER.log(DEBUG, "A rehearsal did not get through: {0}", e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void answerOnce(ServerSocket here) throws IOException {
    try (Socket socket = here.accept()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      readRequest(socket.getInputStream());
      String head =
          "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nConnection: close\r\n"
              + "Content-Length: "
              + answer.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + answer).getBytes(US_ASCII));
    }
  }

  private static void close(ServerSocket here) {
    try {
      here.close();
    } catch (IOException e) {
      LOGGER.log(DEBUG, "The stand-in did not close: {0}", e.getClass().getName());
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    byte[] request = new byte[LARGEST_REQUEST];
    int length = 0;
    int read;
    while (length < request.length
        && !complete(new String(request, 0, length, US_ASCII))
        && (read = in.read(request, length, request.length - length)) > 0) {
      length += read;
    }
  }

  /** Ends with its object, or with the last chunk after it. */
  private static boolean complete(String request) {
    return request.endsWith("}") || request.endsWith("}\r\n0\r\n\r\n");
  }
}
