package org.retellbridge.foundation.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.retellbridge.foundation.webhooks.FastPath.Route;

/**
 * Finds the resource methods that are called the same with and without the Jakarta REST runtime: a
 * path without templates, GET or POST, exactly one name binding that is a {@link Binding}, no other
 * annotation on the method, its parameters or its class, which is {@code @ApplicationScoped}, and
 * no {@code @Context} within.
 */
final class PlainMethods {
  private static final Set<Class<?>> UNDERSTOOD =
      Set.of(Path.class, GET.class, POST.class, OnFastPath.class, ApplicationScoped.class);

  private final List<Binding> bindings;

  PlainMethods(List<Binding> bindings) {
    this.bindings = bindings;
  }

  /**
   * The class's requests by name, and for each that is plain its route.
   *
   * @param bean gives the resource; asked when there is such a method
   */
  Map<String, Optional<Route>> of(Class<?> resource, Supplier<Object> bean) {
    Map<String, Optional<Route>> routes = new HashMap<>();
    for (Method method : resource.getMethods()) {
      String path = ResourcePath.of(resource, method);
      verbs(method)
          .map(verb -> Route.name(verb, path))
          .forEach(
              name ->
                  routes.merge(
                      name, route(name, resource, method, bean), (a, b) -> Optional.empty()));
    }
    return routes;
  }

  private Optional<Route> route(
      String name, Class<?> resource, Method method, Supplier<Object> bean) {
    if (name.contains("{")
        || Modifier.isStatic(method.getModifiers())
        || !resource.isAnnotationPresent(ApplicationScoped.class)
        || asksForContext(resource)
        || Stream.of(method.getParameterAnnotations()).anyMatch(on -> on.length > 0)) {
      return Optional.empty();
    }
    return binding(resource, method)
        .flatMap(
            binding ->
                binding
                    .endpoint(method, bean.get())
                    .map(endpoint -> new Route(name, binding.signedBy(method), endpoint)));
  }

  /**
   * Empty where anything else is written on a method or its class: a filter of the runtime may heed
   * it, as it does roles and name bindings.
   */
  private Optional<Binding> binding(Class<?> resource, Method method) {
    Optional<Binding> found = Optional.empty();
    for (Annotation annotation : annotations(resource, method)) {
      Class<? extends Annotation> type = annotation.annotationType();
      Optional<Binding> binding =
          bindings.stream().filter(it -> it.annotation() == type).findFirst();
      if (binding.isPresent()) {
        if (found.isPresent() && found.get() != binding.get()) {
          return Optional.empty();
        }
        found = binding;
      } else if (!UNDERSTOOD.contains(type)) {
        return Optional.empty();
      }
    }
    return found;
  }

  private static List<Annotation> annotations(Class<?> resource, Method method) {
    return Stream.of(resource, method)
        .flatMap(element -> Arrays.stream(element.getAnnotations()))
        .toList();
  }

  private static Stream<String> verbs(Method method) {
    return Stream.of(GET.class, POST.class)
        .filter(method::isAnnotationPresent)
        .map(Class::getSimpleName);
  }

  private static boolean asksForContext(Class<?> resource) {
    for (Class<?> type = resource; type != null; type = type.getSuperclass()) {
      if (Stream.of(type.getDeclaredFields(), type.getDeclaredMethods())
          .flatMap(Arrays::stream)
          .anyMatch(element -> element.isAnnotationPresent(Context.class))) {
        return true;
      }
    }
    return false;
  }
}
