package org.retellbridge.operations;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.webhooks.SignedRequest;

/** Stands before every {@link OperatorsOnly}; loopback is let in by the token as well. */
@Provider
@OperatorsOnly
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class OperatorsGate implements ContainerRequestFilter {
  private OperatorsDoor door;

  public OperatorsGate() {}

  @Inject
  OperatorsGate(OperatorsDoor door) {
    this.door = door;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    if (!door.opens(SignedRequest.here())) {
      context.abortWith(Problem.of(404, "Not Found").response());
    }
  }
}
