package org.retellbridge.operations.doctor;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.retellbridge.foundation.problems.Problem;

/** Stands before {@link ProbeResource}. */
@Provider
@ProbeOnly
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class ProbeGate implements ContainerRequestFilter {
  private ProbeSeal seal;

  public ProbeGate() {}

  @Inject
  ProbeGate(ProbeSeal seal) {
    this.seal = seal;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    String presented = context.getHeaderString(ProbeSeal.HEADER);
    if (!seal.genuine(presented, System.currentTimeMillis())) {
      context.abortWith(Problem.of(404, "Not Found").response());
    }
  }
}
