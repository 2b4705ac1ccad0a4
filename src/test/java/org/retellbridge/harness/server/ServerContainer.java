package org.retellbridge.harness.server;

import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Arquillian's view of the server that the build has chosen. The vendors' own adapters would be
 * four dependencies with four habits, and none of them deploys the very file that users get: they
 * write the archive anew.
 */
public final class ServerContainer implements DeployableContainer<ServerContainer.Nothing> {
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
    ServerUnderTest.has(file, Root.of(archive));
    server.deploy(file);
    Patience.until(
        "the bridge answers",
        () ->
            ServerUnderTest.answers()
                || server.gone()
                || ServerLog.text().contains(server.refusal()));
    if (!ServerUnderTest.answers()) {
      throw new DeploymentException("The server refused the WAR: " + ServerLog.text());
    }
    return new ProtocolMetaData()
        .addContext(
            new HTTPContext("127.0.0.1", server.port())
                .add(new Servlet("bridge", Root.of(archive))));
  }

  @Override
  public void undeploy(Archive<?> archive) {
    server.undeploy();
  }

  /** The build says all in system properties. */
  public static final class Nothing implements ContainerConfiguration {
    @Override
    public void validate() {}
  }
}
