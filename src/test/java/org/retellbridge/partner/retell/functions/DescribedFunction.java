package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonObject;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * What a method says of itself as a function, for the description of the API.
 *
 * @param schema of its arguments
 */
public record DescribedFunction(String description, JsonObject schema, boolean twoVendors) {

  public static Optional<DescribedFunction> of(Method method) {
    RetellFunction function = FunctionMethods.annotation(method);
    return Optional.ofNullable(function)
        .map(
            it ->
                new DescribedFunction(
                    it.description(),
                    ArgumentSchema.of(it.arguments()),
                    !it.alsoSignedBy().isEmpty()));
  }
}
