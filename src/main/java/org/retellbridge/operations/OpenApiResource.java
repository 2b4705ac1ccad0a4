package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;

/** The description of every endpoint, which the build derives from the code. */
@Path("/openapi.yaml")
@ApplicationScoped
@OperatorsOnly
public class OpenApiResource {
  private static final String DOCUMENT = "/org/retellbridge/openapi.yaml";

  @GET
  @Produces("application/yaml; charset=utf-8")
  public byte[] document() throws IOException {
    try (InputStream in = OpenApiResource.class.getResourceAsStream(DOCUMENT)) {
      return in.readAllBytes();
    }
  }
}
