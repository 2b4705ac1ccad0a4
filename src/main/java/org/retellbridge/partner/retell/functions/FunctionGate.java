package org.retellbridge.partner.retell.functions;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.retellbridge.foundation.webhooks.Gate;
import org.retellbridge.foundation.webhooks.SignedRequest;

/** Stands before every {@link RetellFunction}. */
@Provider
@RetellFunction
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class FunctionGate implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  private Gate gate;

  public FunctionGate() {}

  @Inject
  FunctionGate(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    gate.refuse(SignedRequest.here(), FunctionBinding.signers(resource.getResourceMethod()))
        .ifPresent(context::abortWith);
  }
}
