package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.retellbridge.operations.Status;
import org.retellbridge.partner.retell.functions.ToolDefinitions;

/** What {@code /status} and {@code /functions} say, for the page. */
@Path("/console")
@ApplicationScoped
@ConsoleSide
public class StateResource {
  private Status status;
  private ToolDefinitions tools;

  public StateResource() {}

  @Inject
  StateResource(Status status, ToolDefinitions tools) {
    this.status = status;
    this.tools = tools;
  }

  @GET
  @Path("/state")
  public Response state() {
    return Reply.json(status.toJson());
  }

  @GET
  @Path("/functions")
  public Response functions(@Context UriInfo uri) {
    String seen = uri.getBaseUri().toString().replaceAll("/+$", "");
    return Reply.json(tools.all(URI.create(seen)).toString());
  }
}
