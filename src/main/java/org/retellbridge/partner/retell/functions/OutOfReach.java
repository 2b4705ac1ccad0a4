package org.retellbridge.partner.retell.functions;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.RequestScoped;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Annotations that a function carries in vain: it may run after its request's thread has gone on,
 * and what it throws is an answer by the time that an interceptor of the server's hears of it.
 */
final class OutOfReach {
  private static final System.Logger LOGGER = System.getLogger(OutOfReach.class.getName());

  /** By its name: a server need not have it. */
  private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";

  private OutOfReach() {}

  static void warn(Class<?> resource) {
    if (resource.isAnnotationPresent(RequestScoped.class)) {
      LOGGER.log(
          WARNING,
          "{0} is @RequestScoped: its functions may run in another thread, after the request''s"
              + " scope has ended. Make it @ApplicationScoped",
          resource.getName());
    }
    FunctionMethods.of(resource)
        .filter(method -> transactional(method) || transactional(resource))
        .forEach(OutOfReach::warnOfTransaction);
  }

  private static void warnOfTransaction(Method method) {
    LOGGER.log(
        WARNING,
        "@Transactional does not reach the function {0} of {1}: it may run in another thread, and"
            + " what it throws rolls nothing back. Put it on a bean that the function calls",
        FunctionMethods.path(method),
        method.getDeclaringClass().getName());
  }

  private static boolean transactional(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(it -> it.annotationType().getName().equals(TRANSACTIONAL));
  }
}
