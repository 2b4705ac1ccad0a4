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
import java.util.List;
import org.retellbridge.foundation.webhooks.Gate;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.partner.retell.RetellProof;

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
    gate.refuse(SignedRequest.here(), accepted()).ifPresent(context::abortWith);
  }

  private List<String> accepted() {
    RetellFunction function = FunctionMethods.annotation(resource.getResourceMethod());
    return function.alsoSignedBy().isEmpty()
        ? List.of(RetellProof.VENDOR)
        : List.of(RetellProof.VENDOR, function.alsoSignedBy());
  }
}
