package org.retellbridge.foundation.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.foundation.outbound.ScriptedServer.text;
import static org.retellbridge.foundation.outbound.ScriptedServer.textThenSilence;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
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
  /** Long enough for the first answer on a machine that pauses, and short enough to wait for. */
  private static final int LONGEST = 1_500;

  private final List<String> outcomes = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile Future<?> exchange;
  private volatile Throwable failure;
  private Client client;
  private int limit;

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void isCancelledByItsFuture() throws Exception {
    try (var server =
        new ScriptedServer(textThenSilence("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"))) {
      ask(server, 10_000);
      while (server.requests.isEmpty()) {
        Thread.onSpinWait();
      }

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
      ask(server, LONGEST);
      assertThat(onlyOutcome()).isEqualTo("response");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"})
  void tellsACutAnswerOnce(String answer) throws Exception {
    try (var server = new ScriptedServer(text(answer))) {
      ask(server, 400);
      assertThat(onlyOutcome()).isEqualTo("failure");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"})
  void tellsTheDeadlineOnce(String answer) throws Exception {
    try (var server = new ScriptedServer(textThenSilence(answer))) {
      ask(server, 400);
      assertThat(onlyOutcome()).isEqualTo("failure");
    }
  }

  /** Waits past the deadline, so that a second outcome would have come. */
  private String onlyOutcome() throws InterruptedException {
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    TimeUnit.MILLISECONDS.sleep(Math.min(limit, LONGEST) + 200);
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }

  private void ask(ScriptedServer server, int limitMillis) {
    var config =
        new ClientConfig()
            .property(ClientProperties.READ_TIMEOUT, limitMillis)
            .connectorProvider(
                (jersey, settings) -> new Recording(new HttpClientConnector(jersey, settings)));
    client = ClientBuilder.newClient(config);
    limit = limitMillis;
    client.target(server.uri()).request().async().get();
  }

  private final class Recording implements Connector {
    private final Connector connector;

    Recording(Connector connector) {
      this.connector = connector;
    }

    @Override
    public ClientResponse apply(ClientRequest request) {
      return connector.apply(request);
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
      exchange =
          connector.apply(
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
              });
      return exchange;
    }

    @Override
    public String getName() {
      return connector.getName();
    }

    @Override
    public void close() {
      connector.close();
    }
  }
}
