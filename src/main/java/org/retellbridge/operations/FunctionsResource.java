package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.retellbridge.partner.retell.functions.ToolDefinitions;

/** Every function as a Retell tool definition with this deployment's URLs. */
@Path("/functions")
@ApplicationScoped
@OperatorsOnly
public class FunctionsResource {
  private ToolDefinitions tools;

  public FunctionsResource() {}

  @Inject
  FunctionsResource(ToolDefinitions tools) {
    this.tools = tools;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String functions(@Context UriInfo uri) {
    String seen = uri.getBaseUri().toString().replaceAll("/+$", "");
    return tools.all(URI.create(seen)).toString();
  }
}
