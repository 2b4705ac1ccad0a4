package org.retellbridge.foundation.webhooks;

import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.webhooks.Binding.Endpoint;

/** Calls what bears {@link OnFastPath}. */
final class PlainWebhook {
  private PlainWebhook() {}

  /** Empty for a method without it. */
  static Optional<Endpoint> of(Method method, Object bean) {
    boolean marked =
        method.isAnnotationPresent(OnFastPath.class)
            || method.getDeclaringClass().isAnnotationPresent(OnFastPath.class);
    boolean answers =
        method.getReturnType() == Response.class || method.getReturnType() == CompletionStage.class;
    if (!marked || !answers || method.getParameterCount() != 0) {
      return Optional.empty();
    }
    return Optional.of(request -> staged(method.invoke(bean)));
  }

  @SuppressWarnings("unchecked") // what OnFastPath asks for
  private static CompletionStage<Response> staged(Object returned) {
    return returned instanceof Response response
        ? CompletableFuture.completedStage(response)
        : (CompletionStage<Response>) returned;
  }
}
