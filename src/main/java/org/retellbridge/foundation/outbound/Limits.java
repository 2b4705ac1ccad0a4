package org.retellbridge.foundation.outbound;

import jakarta.ws.rs.core.Configuration;
import java.time.Duration;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.ClientRequest;

/** How long things may take, from the settings of MicroProfile REST Client. */
final class Limits {

  /** For a client that sets none: Jersey means "for ever", and nothing here may wait for ever. */
  private static final int DEFAULT_MILLIS = 30_000;

  private Limits() {}

  static Duration of(Configuration configuration, String property) {
    return positive(ClientProperties.getValue(configuration.getProperties(), property, 0));
  }

  /**
   * A request filter may lower the limit of a single request with {@code
   * jersey.config.client.readTimeout}.
   */
  static Duration of(ClientRequest request) {
    return positive(request.resolveProperty(ClientProperties.READ_TIMEOUT, 0));
  }

  private static Duration positive(int millis) {
    return Duration.ofMillis(millis > 0 ? millis : DEFAULT_MILLIS);
  }
}
