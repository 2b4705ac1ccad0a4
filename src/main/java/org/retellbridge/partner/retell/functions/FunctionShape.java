package org.retellbridge.partner.retell.functions;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/**
 * Tells at the start what is wrong with a function: else a caller would be the first to notice. Of
 * what it carries, some is in vain: it may run after its request's thread has gone on, and what it
 * throws is an answer by the time that an interceptor of the server's hears of it.
 */
final class FunctionShape {
  private static final System.Logger LOGGER = System.getLogger(FunctionShape.class.getName());

  /** By its name: a server need not have it. */
  private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";

  private FunctionShape() {}

  /** Warns of everything that a resource's functions should not be. */
  static void check(Class<?> resource) {
    if (resource.isAnnotationPresent(RequestScoped.class)) {
      LOGGER.log(
          WARNING,
          "{0} is @RequestScoped: its functions may run in another thread, after the request''s"
              + " scope has ended. Make it @ApplicationScoped",
          resource.getName());
    }
    Arrays.stream(resource.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(RetellFunction.class))
        .filter(method -> !Modifier.isPublic(method.getModifiers()))
        .forEach(method -> warn(method, "is not public, so nobody can call it. Make it public"));
    FunctionMethods.of(resource).forEach(method -> check(resource, method));
  }

  private static void check(Class<?> resource, Method method) {
    if (transactional(method) || transactional(resource)) {
      LOGGER.log(
          WARNING,
          "@Transactional does not reach the function {0} of {1}: it may run in another thread, and"
              + " what it throws rolls nothing back. Put it on a bean that the function calls",
          FunctionMethods.path(method),
          method.getDeclaringClass().getName());
    }
    if (!method.isAnnotationPresent(POST.class)) {
      warn(method, "has no @POST, with which Retell calls it. Give it one");
    }
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length == 0 || !FunctionCall.class.isAssignableFrom(parameters[0])) {
      warn(
          method,
          "does not take a FunctionCall first, so it runs at each repeat, for as long as it likes,"
              + " and nothing turns its failures into sentences or logs and counts it. Make"
              + " FunctionCall its first parameter");
    }
    if (!answers(method)) {
      warn(
          method,
          "does not return CompletionStage<Answer>, so what it returns cannot become an answer."
              + " Return CompletionStage<Answer>");
    }
    ArgumentBinding.of(FunctionMethods.annotation(method).arguments()).components().stream()
        .filter(component -> !ArgumentBinding.understands(component))
        .forEach(
            component ->
                warn(
                    method,
                    "cannot be given its argument "
                        + component.getName()
                        + ", so each call that asks for its arguments fails. Make it a String,"
                        + " Optional<String>, BigDecimal or Boolean"));
  }

  private static boolean answers(Method method) {
    return method.getReturnType() == CompletionStage.class
        && method.getGenericReturnType() instanceof ParameterizedType stage
        && stage.getActualTypeArguments()[0] == Answer.class;
  }

  private static void warn(Method method, String trouble) {
    LOGGER.log(
        WARNING,
        "The function {0} of {1} {2}",
        method.getName(),
        method.getDeclaringClass().getName(),
        trouble);
  }

  private static boolean transactional(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(it -> it.annotationType().getName().equals(TRANSACTIONAL));
  }
}
