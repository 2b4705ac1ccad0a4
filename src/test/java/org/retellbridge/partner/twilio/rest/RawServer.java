package org.retellbridge.partner.twilio.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server of bytes: tells what came, and answers anything, half of it, or nothing. */
final class RawServer implements AutoCloseable {
  static final String SILENCE = "";
  static final String DROP = "drop";

  /** The head of an answer whose body goes on for as long as somebody takes it. */
  static final String ENDLESS = "HTTP/1.1 200 X\r\n\r\n";

  private final ServerSocket server;
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);

  /**
   * @param answers in turn, the last one for ever; {@link #DROP} closes the connection, and what is
   *     shorter than its Content-Length stalls
   */
  private RawServer(List<String> answers) {
    this.answers.addAll(answers);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  static RawServer answering(String... answers) {
    return new RawServer(List.of(answers));
  }

  /** An answer in HTTP, with each header on a line of its own. */
  static String http(int status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n"
        + (headers.isEmpty() ? "" : headers + "\r\n")
        + "\r\n"
        + body;
  }

  /** Twilio's way to say no. */
  static String refusal(int status, int code) {
    return http(
        status,
        "Twilio-Request-Id: RQ1",
        "{\"code\":" + code + ",\"message\":\"no +61491570006\",\"status\":" + status + "}");
  }

  /** The head of an answer whose body never comes. */
  static String stalled() {
    return "HTTP/1.1 201 X\r\nContent-Length: 1000\r\n\r\n{";
  }

  /** An address where nobody listens. */
  static URI nobody() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Head and body of each request. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Whether somebody hung up while the answer was still being written. */
  boolean awaitGone() {
    try {
      return gone.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      while (true) {
        String request = read(socket.getInputStream());
        if (request.isEmpty()) {
          return;
        }
        String answer;
        synchronized (answers) {
          requests.add(request);
          answer = answers.size() > 1 ? answers.remove() : answers.peek();
        }
        if (answer.equals(DROP)) {
          return;
        }
        socket.getOutputStream().write(answer.getBytes(UTF_8));
        socket.getOutputStream().flush();
        while (answer.equals(ENDLESS)) {
          socket.getOutputStream().write(new byte[64 * 1024]);
        }
        if (answer.equals(SILENCE) || answer.equals(stalled())) {
          closed.await();
        }
      }
    } catch (IOException e) {
      gone.countDown(); // the other side
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    String text = head.toString(UTF_8);
    int length =
        text.lines()
            .filter(line -> line.toLowerCase().startsWith("content-length:"))
            .map(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return text + new String(in.readNBytes(length), UTF_8);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
