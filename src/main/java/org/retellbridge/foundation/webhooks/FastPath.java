package org.retellbridge.foundation.webhooks;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.traces.Trace;

/**
 * Takes what vendors ask most from {@link BodyFilter} straight to its resource method. The Jakarta
 * REST runtime's way there and back cost two fifths of a call's processor time
 * (docs/adr/0022-fast-path.md). Which methods, {@link PlainMethods} says; all else goes through
 * Jakarta REST, and so does everything where the server opens its spans there.
 */
@ApplicationScoped
public class FastPath {
  private static final System.Logger LOGGER = System.getLogger(FastPath.class.getName());

  private Gate gate;
  private Map<String, Route> routes = Map.of();

  FastPath() {}

  @Inject
  FastPath(Gate gate, BeanManager beans, @Any Instance<Binding> bindings, Settings settings) {
    this.gate = gate;
    if (settings.get(Catalogue.FAST_PATH) && !Trace.expected()) {
      this.routes = routes(beans, bindings.stream().toList());
    }
  }

  private static Map<String, Route> routes(BeanManager beans, List<Binding> bindings) {
    PlainMethods plain = new PlainMethods(bindings);
    Map<String, Optional<Route>> routes = new HashMap<>();
    for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
      if (isResource(bean)) {
        plain
            .of(bean.getBeanClass(), () -> reference(beans, bean))
            // Of two methods for one request Jakarta REST has to choose, or to complain.
            .forEach((name, route) -> routes.merge(name, route, (a, b) -> Optional.empty()));
      }
    }
    Map<String, Route> unique = new HashMap<>();
    routes.forEach((name, route) -> route.ifPresent(it -> unique.put(name, it)));
    return unique;
  }

  /** And not what a producer in such a class makes. */
  private static boolean isResource(Bean<?> bean) {
    Class<?> type = bean.getBeanClass();
    return type.isAnnotationPresent(Path.class) && bean.getTypes().contains(type);
  }

  private static Object reference(BeanManager beans, Bean<?> bean) {
    return beans.getReference(bean, bean.getBeanClass(), beans.createCreationalContext(bean));
  }

  /** Tells operators what is answered here. */
  void announce() {
    LOGGER.log(
        INFO, "Answered past Jakarta REST: {0}", routes.isEmpty() ? "nothing" : names(routes));
  }

  private static String names(Map<String, Route> routes) {
    return String.join(", ", new TreeSet<>(routes.keySet()));
  }

  /**
   * Answers the request that this thread is serving, now or later.
   *
   * @return whether it is one of those that are answered here
   */
  public boolean serves(HttpServletRequest request, HttpServletResponse response) {
    SignedRequest signed = SignedRequest.here();
    String path = signed.rawPath();
    String root = signed.contextPath();
    if (!path.startsWith(root)) {
      return false;
    }
    Route route = routes.get(Route.name(signed.method(), path.substring(root.length())));
    if (route == null) {
      return false;
    }
    FastAnswer.send(request, response, answer(route, signed));
    return true;
  }

  private CompletionStage<Response> answer(Route route, SignedRequest signed) {
    try {
      Optional<Response> refusal = gate.refuse(signed, route.signedBy());
      return refusal.isPresent()
          ? CompletableFuture.completedStage(refusal.get())
          : Objects.requireNonNull(route.endpoint().answer(signed), route.name());
    } catch (InvocationTargetException e) {
      return CompletableFuture.failedStage(e.getCause());
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * @param name method and path below the context root
   * @param signedBy whose signature it takes
   * @param endpoint what answers
   */
  record Route(String name, List<String> signedBy, Binding.Endpoint endpoint) {
    static String name(String method, String path) {
      return method + " " + path;
    }
  }
}
