package org.retellbridge.foundation.outbound;

import static java.lang.System.Logger.Level.DEBUG;

import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Makes the bridge's own REST clients with a transport that holds no thread while it waits. Those
 * of a company's own functions keep what the server gives them: they may follow redirects, ask a
 * host name verifier, get large answers, or wait for one answer inside the stage of another.
 *
 * <p>Jersey's own transport is {@code HttpURLConnection}: each call in flight blocks a thread.
 * RESTEasy and CXF have asynchronous transports of their own and are left alone. Nothing here links
 * to a Jersey class: the transport is named by a string that only Jersey reads, so this class loads
 * on servers without Jersey.
 */
public final class NonBlockingRestClients {
  private static final System.Logger LOGGER =
      System.getLogger(NonBlockingRestClients.class.getName());

  /**
   * {@code ClientProperties.CONNECTOR_PROVIDER}, since Jersey 3.1.2; an older Jersey ignores it and
   * keeps blocking.
   */
  private static final String JERSEY_CONNECTOR = "jersey.config.client.connector.provider";

  private static final String CONNECTOR =
      "org.retellbridge.foundation.outbound.HttpClientConnectorProvider";

  private NonBlockingRestClients() {}

  /** A new builder of the server's, for an interface of the bridge. */
  public static RestClientBuilder builder() {
    return equipped(RestClientBuilder.newBuilder());
  }

  /**
   * Puts a client away, whose threads and timers would outlive the application. MicroProfile REST
   * Client makes each an {@link AutoCloseable}, whatever its interface says (section 2 of the
   * specification).
   */
  public static void close(Object client) {
    if (client instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOGGER.log(DEBUG, "A REST client did not close: {0}", e.getClass().getName());
      }
    }
  }

  static RestClientBuilder equipped(RestClientBuilder builder) {
    if (!builder.getClass().getName().startsWith("org.glassfish.jersey.")) {
      return builder;
    }
    // Handing a request to the transport takes microseconds, so the caller does it itself. Jersey's
    // default is an unbounded pool per client that nobody ever shuts down, and one change of thread
    // for each call.
    return builder.property(JERSEY_CONNECTOR, CONNECTOR).executorService(new CallersThread());
  }
}
