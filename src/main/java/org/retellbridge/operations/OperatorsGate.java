package org.retellbridge.operations;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.retellbridge.foundation.problems.Problem;

/** Stands before every {@link OperatorsOnly}; loopback is let in by the token as well. */
@Provider
@OperatorsOnly
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class OperatorsGate implements ContainerRequestFilter {
  private OperationsToken token;

  public OperatorsGate() {}

  @Inject
  OperatorsGate(OperationsToken token) {
    this.token = token;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    if (!token.opens(context.getHeaders().get(HttpHeaders.AUTHORIZATION))) {
      context.abortWith(Problem.of(404, "Not Found").response());
    }
  }
}
