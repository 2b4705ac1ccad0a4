package org.retellbridge.operations.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.operations.Status;
import org.retellbridge.partner.retell.functions.ToolDefinitions;

/** What {@code /status} and {@code /functions} say, for the page. */
@Path("/console")
@ApplicationScoped
@ConsoleSide
public class StateResource {
  private Status status;
  private ToolDefinitions tools;
  private PublicUrls urls;

  public StateResource() {}

  @Inject
  StateResource(Status status, ToolDefinitions tools, PublicUrls urls) {
    this.status = status;
    this.tools = tools;
    this.urls = urls;
  }

  @GET
  @Path("/state")
  public Response state() {
    return Reply.json(status.toJson());
  }

  @GET
  @Path("/functions")
  public Response functions() {
    return Reply.json(tools.all(URI.create(urls.base(SignedRequest.here()))).toString());
  }
}
