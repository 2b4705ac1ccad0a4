package org.retellbridge.foundation.outbound;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Configuration;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;

/**
 * Jersey's transport over {@code java.net.http}: a handful of threads for each REST client,
 * whatever is in flight.
 *
 * <p>{@code connectTimeout} limits the connection; {@code readTimeout} limits the whole exchange,
 * from hand-over to the last byte of the answer. Redirects are never followed. TLS settings are
 * kept, but no host name verifier is asked: the JDK checks the name itself.
 */
final class HttpClientConnector implements Connector {

  /** How long a synchronous call waits beyond its limit for being told so. */
  private static final Duration LATE = Duration.ofSeconds(5);

  private final Client client;
  private final Configuration configuration;
  private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
  private Transport transport;
  private boolean closed;

  HttpClientConnector(Client client, Configuration configuration) {
    this.client = client;
    this.configuration = configuration;
  }

  @Override
  public ClientResponse apply(ClientRequest request) {
    var answer = new Answer();
    Future<?> exchange = send(request, answer, true);
    try {
      return answer.get(Limits.of(request).plus(LATE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Nobody watched the deadline, or its timer has no thread.
      exchange.cancel(true);
      throw new ProcessingException(e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new ProcessingException(e);
    } catch (ExecutionException e) {
      throw new ProcessingException(e.getCause());
    }
  }

  /** Never throws: Jersey would report a second failure for the same request. */
  @Override
  public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
    return send(request, callback, false);
  }

  private Future<?> send(ClientRequest request, AsyncConnectorCallback callback, boolean waited) {
    var exchange = new Exchange(request, callback, waited, inFlight);
    try {
      exchange.send(transport());
    } catch (IOException | RuntimeException e) {
      exchange.fail(e);
    }
    return exchange;
  }

  @Override
  public String getName() {
    return "java.net.http";
  }

  @Override
  public void close() {
    Transport open;
    synchronized (this) {
      closed = true;
      open = transport;
      transport = null;
    }
    inFlight.forEach(Exchange::abandon);
    if (open != null) {
      open.close();
    }
  }

  /**
   * Opened by the first request: Jersey makes two connectors a REST client and sends nothing
   * through the first one.
   */
  private synchronized Transport transport() throws IOException {
    if (closed) {
      throw new IOException("The REST client is closed");
    }
    if (transport == null) {
      transport = Transport.open(client, configuration);
    }
    return transport;
  }

  private static final class Answer extends CompletableFuture<ClientResponse>
      implements AsyncConnectorCallback {

    @Override
    public void response(ClientResponse response) {
      complete(response);
    }

    @Override
    public void failure(Throwable failure) {
      completeExceptionally(failure);
    }
  }
}
