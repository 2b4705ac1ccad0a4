package org.retellbridge.foundation.outbound;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Configuration;
import org.glassfish.jersey.client.spi.Connector;
import org.glassfish.jersey.client.spi.ConnectorProvider;

/** Where Jersey finds the transport. Public, since Jersey creates it by name. */
public final class HttpClientConnectorProvider implements ConnectorProvider {

  @Override
  public Connector getConnector(Client client, Configuration configuration) {
    return new HttpClientConnector(client, configuration);
  }
}
