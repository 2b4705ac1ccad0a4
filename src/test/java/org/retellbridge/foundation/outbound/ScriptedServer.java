package org.retellbridge.foundation.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A server on the loopback address that does to a request whatever its script says, also what no
 * HTTP server would do.
 */
public final class ScriptedServer implements AutoCloseable {

  /** Writes the answer, or does not. When it returns normally the connection is closed. */
  public interface Script {
    void play(OutputStream out, ScriptedServer server) throws IOException, InterruptedException;
  }

  public final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch clientGone = new CountDownLatch(1);
  private final ServerSocket socket;
  private final Script script;

  public ScriptedServer(Script script) throws IOException {
    this.script = script;
    socket = new ServerSocket(0, 1024, InetAddress.getByName("127.0.0.1"));
    daemon(this::accept);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Whether the client closed the connection of a request that is still being answered. */
  public boolean clientHungUp() throws InterruptedException {
    return clientGone.await(5, TimeUnit.SECONDS);
  }

  public static Script text(String answer) {
    return (out, server) -> out.write(answer.getBytes(ISO_8859_1));
  }

  /** The text once that time is over, unless the client has gone by then. */
  public static Script after(Duration time, String answer) {
    return (out, server) -> {
      if (!server.clientGone.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        out.write(answer.getBytes(ISO_8859_1));
      }
    };
  }

  /** The text, and then silence on an open connection. */
  public static Script textThenSilence(String answer) {
    return (out, server) -> {
      out.write(answer.getBytes(ISO_8859_1));
      out.flush();
      server.clientGone.await(10, TimeUnit.SECONDS);
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() throws IOException {
    while (!socket.isClosed()) {
      Socket connection = socket.accept();
      daemon(() -> serve(connection));
    }
  }

  private void serve(Socket connection) throws IOException, InterruptedException {
    try (connection) {
      InputStream in = connection.getInputStream();
      requests.add(read(in));
      daemon(
          () -> {
            try {
              if (in.read() < 0) {
                clientGone.countDown();
              }
            } catch (IOException reset) {
              clientGone.countDown();
            }
          });
      script.play(connection.getOutputStream(), this);
    }
  }

  private static String read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return head.toString(ISO_8859_1);
      }
      head.write(next);
    }
    var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head.toString(ISO_8859_1));
    int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head.toString(ISO_8859_1) + new String(in.readNBytes(size), ISO_8859_1);
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException closed) {
                // The test is over or the client hung up: both are meant.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
