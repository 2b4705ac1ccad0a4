package org.retellbridge.partner.retell.functions;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

/** Finds functions in classes. */
final class FunctionMethods {
  private FunctionMethods() {}

  /** The methods of a resource class that are functions. */
  static Stream<Method> of(Class<?> resource) {
    return Arrays.stream(resource.getMethods())
        .filter(method -> method.isAnnotationPresent(RetellFunction.class));
  }

  /** The method's annotation, or its class's. */
  static RetellFunction annotation(Method method) {
    RetellFunction own = method.getAnnotation(RetellFunction.class);
    return own != null ? own : method.getDeclaringClass().getAnnotation(RetellFunction.class);
  }

  /** The path below the context root, with a leading slash. */
  static String path(Method method) {
    return slashed(method.getDeclaringClass().getAnnotation(Path.class))
        + slashed(method.getAnnotation(Path.class));
  }

  private static String slashed(Path path) {
    if (path == null || path.value().isEmpty() || path.value().equals("/")) {
      return "";
    }
    return path.value().startsWith("/") ? path.value() : "/" + path.value();
  }
}
