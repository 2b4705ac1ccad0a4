package org.retellbridge.foundation.webhooks;

import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;

/** Where Jakarta REST puts a resource method. */
public final class ResourcePath {
  private ResourcePath() {}

  /** The path below the context root, with a leading slash; empty for the root itself. */
  public static String of(Class<?> resource, Method method) {
    return slashed(resource) + slashed(method);
  }

  private static String slashed(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    if (path == null || path.value().isEmpty() || path.value().equals("/")) {
      return "";
    }
    return path.value().startsWith("/") ? path.value() : "/" + path.value();
  }
}
