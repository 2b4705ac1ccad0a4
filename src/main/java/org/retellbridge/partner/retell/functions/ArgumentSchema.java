package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import org.retellbridge.foundation.json.JsonText;

/** JSON Schema of an arguments record, from its types and its Bean Validation constraints. */
final class ArgumentSchema {
  private ArgumentSchema() {}

  static JsonObject of(Class<? extends Record> type) {
    JsonObjectBuilder properties = JsonText.object();
    JsonArrayBuilder required = JsonText.array();
    for (RecordComponent component : ArgumentBinding.of(type).components()) {
      properties.add(component.getName(), property(component));
      if (has(component, NotNull.class) || has(component, NotBlank.class)) {
        required.add(component.getName());
      }
    }
    return JsonText.object()
        .add("type", "object")
        .add("properties", properties)
        .add("required", required)
        .build();
  }

  private static JsonObjectBuilder property(RecordComponent component) {
    JsonObjectBuilder property = JsonText.object().add("type", jsonType(component.getType()));
    Argument argument = component.getAnnotation(Argument.class);
    if (argument != null) {
      property.add("description", argument.value());
    }
    Size size = constraint(component, Size.class);
    if (size != null && size.max() != Integer.MAX_VALUE) {
      property.add("maxLength", size.max());
    }
    return property;
  }

  private static String jsonType(Class<?> type) {
    if (type == BigDecimal.class) {
      return "number";
    }
    return type == Boolean.class ? "boolean" : "string";
  }

  private static boolean has(
      RecordComponent component, Class<? extends java.lang.annotation.Annotation> constraint) {
    return constraint(component, constraint) != null;
  }

  /** Constraints land on the accessor: they have no record components among their targets. */
  private static <A extends java.lang.annotation.Annotation> A constraint(
      RecordComponent component, Class<A> constraint) {
    return component.getAccessor().getAnnotation(constraint);
  }
}
