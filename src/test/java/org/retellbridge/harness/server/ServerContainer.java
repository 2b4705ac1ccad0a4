package org.retellbridge.harness.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Arquillian's view of the server that the build has chosen. The vendors' own adapters would be
 * four dependencies with four habits, and none of them deploys the very file that users get: they
 * write the archive anew.
 */
public final class ServerContainer implements DeployableContainer<ServerContainer.Nothing> {
  private static final int GATE_SHUT = 403;

  private final ApplicationServer server = Servers.chosen();

  @Override
  public Class<Nothing> getConfigurationClass() {
    return Nothing.class;
  }

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return new ProtocolDescription("Local");
  }

  @Override
  public void start() {
    server.start();
    ServerLog.of(server);
    ServerUnderTest.is(server);
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
    ServerLog.begin();
    Path file = Shipped.file(archive, server.place().folder());
    ServerUnderTest.has(file);
    server.deploy(file);
    Patience.until(
        "the bridge answers", () -> answers(server) || ServerLog.text().contains(server.refusal()));
    if (!answers(server)) {
      throw new DeploymentException("The server refused the WAR: " + ServerLog.text());
    }
    return new ProtocolMetaData().addContext(new HTTPContext("127.0.0.1", server.port()));
  }

  @Override
  public void undeploy(Archive<?> archive) {
    server.undeploy();
  }

  /** An unsigned voice webhook is refused with 403 by a bridge that is up, and by nothing else. */
  static boolean answers(ApplicationServer server) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + server.port() + "/start").toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(10_000);
      return connection.getResponseCode() == GATE_SHUT;
    } catch (IOException e) {
      return false;
    }
  }

  /** The build says all in system properties. */
  public static final class Nothing implements ContainerConfiguration {
    @Override
    public void validate() {}
  }
}
