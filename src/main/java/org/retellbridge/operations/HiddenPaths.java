package org.retellbridge.operations;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.stream.Collectors;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.webhooks.SignedRequest;

/**
 * Keeps the operating side's paths out of sight, whatever the verb: Jakarta REST would answer
 * {@code POST /prometheus} with 405 before {@link OperatorsGate} is asked, and so tell that it is
 * there.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.USER + 1)
public class HiddenPaths implements ContainerRequestFilter {
  private OperatorsDoor door;
  private Set<String> hidden = Set.of();

  public HiddenPaths() {}

  @Inject
  HiddenPaths(OperatorsDoor door, BeanManager beans) {
    this.door = door;
    this.hidden =
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
            .map(bean -> bean.getBeanClass())
            .filter(type -> type.isAnnotationPresent(OperatorsOnly.class))
            .filter(type -> type.isAnnotationPresent(Path.class))
            .map(type -> firstSegment(type.getAnnotation(Path.class).value()))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void filter(ContainerRequestContext context) {
    if (hidden.contains(firstSegment(context.getUriInfo().getPath()))
        && !door.opens(SignedRequest.here())) {
      context.abortWith(Problem.of(404, "Not Found").response());
    }
  }

  private static String firstSegment(String path) {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    int slash = relative.indexOf('/');
    return slash < 0 ? relative : relative.substring(0, slash);
  }
}
