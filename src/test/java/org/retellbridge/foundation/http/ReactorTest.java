package org.retellbridge.foundation.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.Logged;

class ReactorTest {
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Reactor reactor = new Reactor(scheduler);
  private ServerSocket server;
  private HttpHost target;

  @BeforeEach
  void listen() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    server = new ServerSocket(0, 200, here);
    target = new HttpHost("http", here, here.getHostAddress(), server.getLocalPort());
  }

  @AfterEach
  void close() throws Exception {
    reactor.close();
    server.close();
    scheduler.shutdownNow();
  }

  @Test
  void connectsAgainAfterErrorsEndedItsThreads() throws Exception {
    try (Logged log = Logged.by(Reactor.class)) {
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Thread> met = new CompletableFuture<>();
        reactor.connect(
            target,
            new Connected(
                () -> {
                  met.complete(Thread.currentThread());
                  throw new OutOfMemoryError("Java heap space");
                }));
        Thread ending = met.get(10, SECONDS);
        ending.join(10_000);
        assertThat(ending.isAlive()).isFalse();
      }
      for (int i = 0; i < 20; i++) {
        CompletableFuture<Void> met = new CompletableFuture<>();
        reactor.connect(target, new Connected(() -> met.complete(null)));
        met.get(10, SECONDS);
      }
      assertThat(log.lines())
          .isNotEmpty()
          .allMatch(line -> line.startsWith("SEVERE A thread that hears the vendors ended"));
    }
  }

  @Test
  void connectsNoMoreOnceItIsClosed() {
    reactor.close();
    assertThatThrownBy(() -> reactor.connect(target, new Connected(() -> {})))
        .isInstanceOf(IOReactorShutdownException.class);
  }

  private record Connected(Runnable step) implements FutureCallback<AsyncClientEndpoint> {
    @Override
    public void completed(AsyncClientEndpoint endpoint) {
      step.run();
    }

    @Override
    public void failed(Exception failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void cancelled() {
      throw new AssertionError("cancelled");
    }
  }
}
