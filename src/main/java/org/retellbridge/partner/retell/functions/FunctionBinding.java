package org.retellbridge.partner.retell.functions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.webhooks.Binding;
import org.retellbridge.partner.retell.RetellProof;

/**
 * What {@link RetellFunction} means on the fast path: every function of the usual shape is there.
 */
@ApplicationScoped
public class FunctionBinding implements Binding {
  private static final Class<?>[] PARAMETERS = {FunctionCall.class};

  private FunctionCallReader reader;

  FunctionBinding() {}

  @Inject
  FunctionBinding(FunctionCallReader reader) {
    this.reader = reader;
  }

  @Override
  public Class<? extends Annotation> annotation() {
    return RetellFunction.class;
  }

  @Override
  public List<String> signedBy(Method method) {
    return signers(method);
  }

  static List<String> signers(Method method) {
    RetellFunction function = FunctionMethods.annotation(method);
    return function.alsoSignedBy().isEmpty()
        ? List.of(RetellProof.VENDOR)
        : List.of(RetellProof.VENDOR, function.alsoSignedBy());
  }

  @Override
  public Optional<Endpoint> endpoint(Method method, Object bean) {
    return FunctionMethods.annotation(method) != null
            && Arrays.equals(method.getParameterTypes(), PARAMETERS)
            && method.getReturnType() == CompletionStage.class
        ? Optional.of(request -> call(method, bean, reader.read(request)))
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // the annotation's contract
  private static CompletionStage<Response> call(Method method, Object bean, FunctionCall call)
      throws ReflectiveOperationException {
    return ((CompletionStage<Answer>) method.invoke(bean, call)).thenApply(AnswerStatus::response);
  }
}
