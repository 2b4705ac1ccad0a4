package org.retellbridge.operations.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy before the bridge, with the faults of proxies. To a browser it is a site of its own. */
final class Front implements AutoCloseable {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final ServerSocket socket;
  private final URI bridge;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean silent;
  private volatile String answer = "";

  private Front(URI bridge) throws IOException {
    this.socket = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
    this.bridge = bridge;
  }

  /**
   * Opens one.
   *
   * @param page where the page is without it
   */
  static Front before(URI page) {
    try {
      Front front = new Front(page);
      front.threads.execute(front::acceptAll);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the page is by way of it. */
  URI page() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + bridge.getPath());
  }

  /** Connections stay open, and nothing more that the bridge says comes through. */
  void fallSilent() {
    silent = true;
  }

  /** Answers itself, and without a body. */
  void answer(String statusAndHeaders) {
    answer = "HTTP/1.1 " + statusAndHeaders + "\r\nConnection: close\r\nContent-Length: 0";
    open.forEach(Front::closeQuietly);
  }

  /** New connections get through again. Those that lost something are lost. */
  void recover() {
    silent = false;
    answer = "";
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket browser = socket.accept();
        open.add(browser);
        threads.execute(() -> serve(browser));
      } catch (IOException closing) {
        // Leaves the loop when the front is closed.
      }
    }
  }

  private void serve(Socket browser) {
    try (browser;
        Socket behind = new Socket(bridge.getHost(), bridge.getPort())) {
      String own = answer;
      if (own.isEmpty()) {
        threads.execute(() -> pump(behind, browser, true));
        pump(browser, behind, false);
      } else {
        readHead(browser.getInputStream());
        browser.getOutputStream().write((own + END_OF_HEAD).getBytes(US_ASCII));
      }
    } catch (IOException gone) {
      // Either side left.
    } finally {
      open.remove(browser);
    }
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the browser left");
      }
      head.append((char) next);
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    boolean lost = false;
    byte[] some = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        lost |= answers && silent;
        if (!lost) {
          to.getOutputStream().write(some, 0, read);
        }
      }
    } catch (IOException gone) {
      // Either side left.
    }
  }

  private static void closeQuietly(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception alreadyGone) {
      // Nothing to save.
    }
  }

  @Override
  public void close() {
    closeQuietly(socket);
    open.forEach(Front::closeQuietly);
    threads.shutdownNow();
  }
}
