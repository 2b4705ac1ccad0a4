package org.retellbridge.foundation.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.retellbridge.foundation.problems.Problem;

/**
 * Lets only paths through that are written exactly as documented. Jakarta REST would also match
 * {@code /start/}, {@code /start;a=b} and {@code /%73tart}, and answer HEAD and OPTIONS by itself.
 */
@Provider
@PreMatching
@ApplicationScoped
public class ExactPaths implements ContainerRequestFilter {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

  @Override
  public void filter(ContainerRequestContext context) {
    String path = SignedRequest.here().rawPath();
    if (path.endsWith("/")
        || path.contains("//")
        || path.indexOf(';') >= 0
        || path.indexOf('%') >= 0) {
      context.abortWith(Problem.of(404, "Not Found").response());
      return;
    }
    if (!METHODS.contains(context.getMethod())) {
      context.abortWith(Problem.of(405, "Method Not Allowed").response());
    }
  }
}
