package org.retellbridge.operations;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.webhooks.ConstantTime;

/** Stands before every {@link OperatorsOnly}; loopback is let in by the token as well. */
@Provider
@OperatorsOnly
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class OperatorsGate implements ContainerRequestFilter {
  private static final String SCHEME = "Bearer ";

  private OperationsToken token;

  public OperatorsGate() {}

  @Inject
  OperatorsGate(OperationsToken token) {
    this.token = token;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    List<String> presented = context.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (presented == null || presented.size() != 1 || !genuine(presented.get(0))) {
      context.abortWith(Problem.of(404, "Not Found").response());
    }
  }

  private boolean genuine(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && ConstantTime.equal(token.value(), header.substring(SCHEME.length()).strip());
  }
}
