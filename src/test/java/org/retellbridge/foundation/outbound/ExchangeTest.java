package org.retellbridge.foundation.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.foundation.outbound.ScriptedServer.text;
import static org.retellbridge.foundation.outbound.ScriptedServer.textThenSilence;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jersey is told: exactly one outcome a request, whatever the server does. */
@Timeout(20)
class ExchangeTest {
  /** Never comes by itself here. */
  private static final int LIMIT = 600_000;

  private final List<String> outcomes = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final DeadlineByHand timer = new DeadlineByHand();
  private final TransportThreads threads =
      new TransportThreads(Executors.defaultThreadFactory(), timer);
  private final Transport transport =
      new Transport(
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .executor(threads.callbacks())
              .build(),
          threads);
  private volatile Exchange exchange;
  private volatile Throwable failure;
  private Client client;

  @AfterEach
  void close() {
    client.close();
    transport.close();
  }

  @Test
  void isCancelledByItsFuture() throws Exception {
    try (var server =
        new ScriptedServer(textThenSilence("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"))) {
      ask(server);
      awaitRequest(server);

      assertThat(exchange.cancel(true)).isTrue();

      assertThat(server.clientHungUp()).isTrue();
      assertThat(onlyOutcome()).isEqualTo("failure");
      assertThat(failure).isInstanceOf(CancellationException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
      })
  void tellsAnAnswerOnce(String answer) throws Exception {
    try (var server = new ScriptedServer(text(answer))) {
      ask(server);
      assertThat(onlyOutcome()).isEqualTo("response");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"})
  void tellsACutAnswerOnce(String answer) throws Exception {
    try (var server = new ScriptedServer(text(answer))) {
      ask(server);
      assertThat(onlyOutcome()).isEqualTo("failure");
      assertThat(failure).isNotInstanceOf(HttpTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"})
  void tellsTheDeadlineOnce(String answer) throws Exception {
    try (var server = new ScriptedServer(textThenSilence(answer))) {
      ask(server);
      awaitRequest(server);

      timer.deadline.run();

      assertThat(server.clientHungUp()).isTrue();
      assertThat(onlyOutcome()).isEqualTo("failure");
      assertThat(failure).isInstanceOf(HttpTimeoutException.class);
    }
  }

  /** The deadline comes at the very moment of the outcome, too late to be called off. */
  private String onlyOutcome() throws InterruptedException {
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    timer.deadline.run();
    // Ends when all is told that anybody has to tell.
    transport.close();
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }

  private static void awaitRequest(ScriptedServer server) {
    while (server.requests.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private void ask(ScriptedServer server) {
    var config =
        new ClientConfig()
            .property(ClientProperties.READ_TIMEOUT, LIMIT)
            .connectorProvider((jersey, settings) -> new Recording());
    client = ClientBuilder.newClient(config);
    client.target(server.uri()).request().async().get();
  }

  /** Keeps what is to be done at the deadline until the test does it. */
  private static final class DeadlineByHand extends ScheduledThreadPoolExecutor {
    private volatile Runnable deadline;

    DeadlineByHand() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      assertThat(unit.toMillis(delay)).isEqualTo(LIMIT);
      deadline = task;
      return super.schedule(task, delay, unit);
    }
  }

  private final class Recording implements Connector {
    @Override
    public ClientResponse apply(ClientRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
      exchange =
          new Exchange(
              request,
              new AsyncConnectorCallback() {
                @Override
                public void response(ClientResponse response) {
                  outcomes.add("response");
                  callback.response(response);
                  first.countDown();
                }

                @Override
                public void failure(Throwable cause) {
                  failure = cause;
                  outcomes.add("failure");
                  callback.failure(cause);
                  first.countDown();
                }
              },
              false,
              ConcurrentHashMap.newKeySet());
      try {
        exchange.send(transport);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return exchange;
    }

    @Override
    public String getName() {
      return "recording";
    }

    @Override
    public void close() {}
  }
}
