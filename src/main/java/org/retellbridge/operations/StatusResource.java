package org.retellbridge.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What is on, what is off and why. */
@Path("/status")
@ApplicationScoped
@OperatorsOnly
public class StatusResource {
  private Status status;

  public StatusResource() {}

  @Inject
  StatusResource(Status status) {
    this.status = status;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String status() {
    return status.toJson();
  }
}
