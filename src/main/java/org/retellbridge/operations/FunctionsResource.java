package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.partner.retell.functions.ToolDefinitions;

/** Every function as a Retell tool definition with this deployment's URLs. */
@Path("/functions")
@ApplicationScoped
@OperatorsOnly
public class FunctionsResource {
  private ToolDefinitions tools;
  private PublicUrls urls;

  public FunctionsResource() {}

  @Inject
  FunctionsResource(ToolDefinitions tools, PublicUrls urls) {
    this.tools = tools;
    this.urls = urls;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String functions() {
    return tools.all(URI.create(urls.base(SignedRequest.here()))).toString();
  }
}
