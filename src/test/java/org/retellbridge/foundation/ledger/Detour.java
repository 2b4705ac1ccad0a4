package org.retellbridge.foundation.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a database that can be cut and mended. */
final class Detour implements AutoCloseable {
  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final String url;
  private final String host;
  private final int port;
  private volatile boolean cut;

  /** The URL of a PostgreSQL database. */
  Detour(String url) throws IOException {
    this.url = url;
    String[] address = url.replaceFirst(".*//([^/]+)/.*", "$1").split(":");
    this.host = address[0];
    this.port = address.length > 1 ? Integer.parseInt(address[1]) : 5432;
    start(this::accept);
  }

  String url() {
    return url.replaceFirst("//[^/]+/", "//127.0.0.1:" + entrance.getLocalPort() + "/");
  }

  void cut() {
    cut = true;
    open.forEach(Detour::close);
    open.clear();
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    cut();
    entrance.close();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket from = entrance.accept();
        open.add(from);
        if (cut) {
          close(from);
          continue;
        }
        Socket to = new Socket(host, port);
        open.add(to);
        start(() -> pass(from, to));
        start(() -> pass(to, from));
      } catch (IOException e) {
        // Closed, or the database is gone: both end the connection.
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Cut.
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "detour");
    thread.setDaemon(true);
    thread.start();
  }
}
