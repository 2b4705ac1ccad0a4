package org.retellbridge.foundation.outbound;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientBuilderListener;

/**
 * Gives every MicroProfile REST client of this application a transport that holds no thread while
 * it waits.
 *
 * <p>Jersey's own transport is {@code HttpURLConnection}: each call in flight blocks a thread.
 * RESTEasy and CXF have asynchronous transports of their own and are left alone. Nothing here links
 * to a Jersey class: the transport is named by a string that only Jersey reads, so this class loads
 * on servers without Jersey.
 */
public final class NonBlockingRestClients implements RestClientBuilderListener {

  /**
   * {@code ClientProperties.CONNECTOR_PROVIDER}, since Jersey 3.1.2; an older Jersey ignores it and
   * keeps blocking.
   */
  private static final String JERSEY_CONNECTOR = "jersey.config.client.connector.provider";

  private static final String CONNECTOR =
      "org.retellbridge.foundation.outbound.HttpClientConnectorProvider";

  @Override
  public void onNewBuilder(RestClientBuilder builder) {
    if (!builder.getClass().getName().startsWith("org.glassfish.jersey.")) {
      return;
    }
    builder.property(JERSEY_CONNECTOR, CONNECTOR);
    // Handing a request to the transport takes microseconds, so the caller does it itself. Jersey's
    // default is an unbounded
    // pool per client that nobody ever shuts down, and one change of thread for each call.
    builder.executorService(new CallersThread());
  }
}
