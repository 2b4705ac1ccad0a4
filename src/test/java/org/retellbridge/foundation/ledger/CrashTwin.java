package org.retellbridge.foundation.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A vendor for SMS, which recognises no repeat, and one for events, which does. Both refuse 5 %
 * without doing anything, and cut the line on 5 % after doing it.
 */
final class CrashTwin implements AutoCloseable {
  /** In the order of their arrival. */
  final List<String> sms = java.util.Collections.synchronizedList(new java.util.ArrayList<>());

  final List<String> events = java.util.Collections.synchronizedList(new java.util.ArrayList<>());

  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpServer server;

  CrashTwin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/sms/", exchange -> take(exchange, sms));
    server.createContext("/event/", exchange -> take(exchange, events));
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void take(HttpExchange exchange, List<String> taken) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int chance = ThreadLocalRandom.current().nextInt(100);
    if (chance < 5) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    taken.add(path.substring(path.lastIndexOf('/') + 1));
    if (chance < 10) {
      // Closes the connection without an answer.
      throw new IOException("cut");
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
