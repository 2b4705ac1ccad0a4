package org.retellbridge.foundation.outbound;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Configuration;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.JerseyClient;

/** The JDK's HTTP client of one REST client and the threads that serve it. */
record Transport(HttpClient http, TransportThreads threads) {

  private static final System.Logger LOGGER = System.getLogger(Transport.class.getName());

  static Transport open(Client client, Configuration configuration) {
    var threads = new TransportThreads();
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Limits.of(configuration, ClientProperties.CONNECT_TIMEOUT))
            .executor(threads.callbacks());
    // Jersey makes up a context when none was set; then the server's default one is meant.
    if (!(client instanceof JerseyClient jersey) || !jersey.isDefaultSslContext()) {
      builder.sslContext(client.getSslContext());
    }
    String proxy =
        ClientProperties.getValue(
            configuration.getProperties(), ClientProperties.PROXY_URI, String.class);
    if (proxy != null) {
      URI address = URI.create(proxy);
      builder.proxy(ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort())));
    }
    return new Transport(builder.build(), threads);
  }

  /**
   * Before Java 21 there is nothing to call: the JDK's own thread ends by itself when the client is
   * collected.
   */
  void close() {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(http);
    } catch (NoSuchMethodException e) {
      LOGGER.log(System.Logger.Level.TRACE, "This Java closes an HTTP client when it is collected");
    } catch (ReflectiveOperationException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "The HTTP client did not close", e);
    }
    threads.close();
  }
}
