package org.retellbridge.partner.retell.functions;

import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.retellbridge.foundation.webhooks.ResourcePath;

/** Finds functions in classes. */
final class FunctionMethods {
  /** To read them off the annotations anew took a hundredth of a look-up's time. */
  private static final ConcurrentMap<Method, String> PATHS = new ConcurrentHashMap<>();

  private static final String BRIDGES = "org.retellbridge.";

  private FunctionMethods() {}

  /** The methods of a resource class that are functions, also for what their class carries. */
  static Stream<Method> of(Class<?> resource) {
    return Arrays.stream(resource.getMethods())
        .filter(
            method ->
                method.isAnnotationPresent(RetellFunction.class)
                    || annotation(method) != null && hasVerb(method));
  }

  /** Without one it is no resource method, and what its class carries is not meant for it. */
  private static boolean hasVerb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(it -> it.annotationType().isAnnotationPresent(HttpMethod.class));
  }

  /** The method's annotation, or its class's. */
  static RetellFunction annotation(Method method) {
    RetellFunction own = method.getAnnotation(RetellFunction.class);
    return own != null ? own : method.getDeclaringClass().getAnnotation(RetellFunction.class);
  }

  /** Whether the function is one of the bridge's own, and not a company's. */
  static boolean builtIn(Method method) {
    return method.getDeclaringClass().getName().startsWith(BRIDGES);
  }

  /** The path below the context root, with a leading slash. */
  static String path(Method method) {
    return PATHS.computeIfAbsent(method, it -> ResourcePath.of(it.getDeclaringClass(), it));
  }
}
