package org.retellbridge.foundation.webhooks;

import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A name binding whose methods {@link FastPath} may call: who has to sign their requests, and how
 * they are called. The binding's gate before Jakarta REST's way asks for the same signatures.
 */
public interface Binding {

  /** The name binding. */
  Class<? extends Annotation> annotation();

  /** The vendors whose signature the method takes; where there are several, exactly one. */
  List<String> signedBy(Method method);

  /**
   * How the method is called; unless a binding knows better, as {@link OnFastPath} says.
   *
   * @param bean the resource
   * @return empty for a method that only Jakarta REST can call
   */
  default Optional<Endpoint> endpoint(Method method, Object bean) {
    return PlainWebhook.of(method, bean);
  }

  /** A resource method, called with a genuine request. */
  @FunctionalInterface
  interface Endpoint {
    CompletionStage<Response> answer(SignedRequest request) throws ReflectiveOperationException;
  }
}
