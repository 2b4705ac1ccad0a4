package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds every class with functions among the application's beans, so that a company's own tool is
 * one class, in this source tree or in a jar of {@code WEB-INF/lib}, and nothing else.
 */
public class FunctionDiscovery implements Extension {
  private final Set<Class<?>> classes = new TreeSet<>(Comparator.comparing(Class::getName));

  <T> void find(@Observes @WithAnnotations(RetellFunction.class) ProcessAnnotatedType<T> event) {
    Class<T> type = event.getAnnotatedType().getJavaClass();
    if (!type.isAnnotationPresent(Path.class)) {
      return;
    }
    FunctionShape.check(type);
    if (FunctionMethods.of(type).findAny().isPresent()) {
      classes.add(type);
    }
  }

  /** The resource classes that carry functions. */
  public Set<Class<?>> classes() {
    return Set.copyOf(classes);
  }
}
