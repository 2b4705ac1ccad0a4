package org.retellbridge.twin.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tiny HTTP/1.1 server on an ephemeral port of 127.0.0.1. The JDK's own cannot cut a connection
 * or send half an answer, which is what this one is for. A thread per connection: 1,000 requests in
 * flight are 1,000 sleeping threads.
 */
public final class MiniServer implements AutoCloseable {

  private static final int BACKLOG = 2048;

  private final ServerSocket socket;
  private final Handler handler;
  private final Observer observer;
  private final ExecutorService threads;
  private final Faults faults = new Faults();
  private final RequestLog log = new RequestLog();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final AtomicInteger era = new AtomicInteger();

  public MiniServer(String name, Handler handler, Observer observer) {
    this.handler = handler;
    this.observer = observer;
    this.threads = Daemons.pool(name);
    try {
      socket = new ServerSocket();
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException("no port for " + name, e);
    }
    Daemons.thread(name + "-accept", this::acceptAll).start();
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  public Faults faults() {
    return faults;
  }

  public RequestLog log() {
    return log;
  }

  /** The highest number of requests that were unanswered at one moment. */
  public int mostInFlight() {
    return mostInFlight.get();
  }

  /** Forgets faults and requests; what is late by then is not acted upon any more. */
  public void reset() {
    era.incrementAndGet();
    faults.clear();
    log.clear();
  }

  /** How often it has forgotten. */
  int era() {
    return era.get();
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket peer = socket.accept();
        peer.setTcpNoDelay(true);
        open.add(peer);
        threads.execute(new Connection(peer, this));
      } catch (IOException | RejectedExecutionException closing) {
        // Leaves the loop when the server is closed; a broken connection is the peer's affair.
      }
    }
  }

  void begin(Request request) {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    log.add(request);
    observer.came(request);
  }

  Reply act(Request request) {
    try {
      return handler.handle(request);
    } catch (RuntimeException bug) {
      return Reply.text(500, "text/plain", "the twin itself failed: " + bug);
    }
  }

  void tell(Request request, Reply reply, String mishap) {
    observer.answered(request, reply, mishap);
  }

  void end() {
    inFlight.decrementAndGet();
  }

  void forget(Socket peer) {
    open.remove(peer);
  }

  @Override
  public void close() {
    closeQuietly(socket);
    threads.shutdownNow();
    open.forEach(MiniServer::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception alreadyGone) {
      // Nothing to save.
    }
  }
}
