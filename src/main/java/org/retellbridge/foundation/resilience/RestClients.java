package org.retellbridge.foundation.resilience;

import static java.lang.System.Logger.Level.DEBUG;

/** Puts REST clients away: their threads and timers would outlive the application. */
public final class RestClients {
  private static final System.Logger LOGGER = System.getLogger(RestClients.class.getName());

  private RestClients() {}

  /**
   * Closes a client that MicroProfile REST Client built, which it makes an {@link AutoCloseable}
   * whatever its interface says (section 2 of the specification).
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
}
