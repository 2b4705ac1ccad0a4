package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes an arguments record from the model's words, and validates it. */
final class ArgumentBinding<T extends Record> {
  private static final ClassValue<ArgumentBinding<?>> BINDINGS =
      new ClassValue<>() {
        @Override
        protected ArgumentBinding<?> computeValue(Class<?> type) {
          return new ArgumentBinding<>(type.asSubclass(Record.class));
        }
      };

  private final Class<T> type;
  private final List<RecordComponent> components;

  private ArgumentBinding(Class<T> type) {
    this.type = type;
    this.components = List.of(type.getRecordComponents());
  }

  @SuppressWarnings("unchecked") // each class is bound to its own binding
  static <T extends Record> ArgumentBinding<T> of(Class<T> type) {
    return (ArgumentBinding<T>) BINDINGS.get(type);
  }

  List<RecordComponent> components() {
    return components;
  }

  List<String> names() {
    return components.stream().map(RecordComponent::getName).toList();
  }

  T bind(Arguments arguments) {
    Object[] values = components.stream().map(component -> value(component, arguments)).toArray();
    T bound = create(values);
    Set<ConstraintViolation<T>> violations = Validators.VALIDATOR.validate(bound);
    if (!violations.isEmpty()) {
      throw new InvalidArguments(
          violations.stream()
              .map(ArgumentBinding::sentence)
              .sorted()
              .collect(Collectors.joining(" ")));
    }
    return bound;
  }

  /** Whether {@link #value} can make what this component wants. */
  static boolean understands(RecordComponent component) {
    Class<?> wanted = component.getType();
    return wanted == String.class
        || wanted == BigDecimal.class
        || wanted == Boolean.class
        || wanted == Optional.class
            && component.getGenericType() instanceof ParameterizedType optional
            && optional.getActualTypeArguments()[0] == String.class;
  }

  static Object value(RecordComponent component, Arguments arguments) {
    String name = component.getName();
    Class<?> wanted = component.getType();
    if (wanted == Optional.class) {
      return text(component, arguments);
    }
    if (wanted == String.class) {
      return text(component, arguments).orElse(null);
    }
    if (wanted == BigDecimal.class) {
      return arguments.value(name).map(value -> number(name, value)).orElse(null);
    }
    if (wanted == Boolean.class) {
      return arguments.value(name).map(value -> truth(name, value)).orElse(null);
    }
    throw new IllegalStateException(
        "an argument is a String, Optional<String>, BigDecimal or Boolean: " + component);
  }

  /** Braces and brackets are nothing to be spoken, sent or kept as somebody's name. */
  private static Optional<String> text(RecordComponent component, Arguments arguments) {
    String name = component.getName();
    Argument argument = component.getAnnotation(Argument.class);
    boolean orObject = argument != null && argument.orObject();
    boolean wrong =
        arguments
            .value(name)
            .filter(value -> value instanceof JsonArray || value instanceof JsonObject && !orObject)
            .isPresent();
    if (wrong) {
      throw new InvalidArguments("The " + spoken(name) + " must be a text.");
    }
    return arguments.text(name);
  }

  private static BigDecimal number(String name, JsonValue value) {
    try {
      return value instanceof JsonNumber number
          ? number.bigDecimalValue()
          : new BigDecimal(Arguments.text(value).strip());
    } catch (NumberFormatException e) {
      throw new InvalidArguments("The " + spoken(name) + " must be a number.");
    }
  }

  /** "Yes" taken for false would be worse than asking the model again. */
  private static Boolean truth(String name, JsonValue value) {
    return switch (Arguments.text(value).strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidArguments("The " + spoken(name) + " must be true or false.");
    };
  }

  private static String sentence(ConstraintViolation<?> violation) {
    return "The "
        + spoken(violation.getPropertyPath().toString())
        + " "
        + violation.getMessage()
        + ".";
  }

  private static String spoken(String name) {
    return name.replace('_', ' ');
  }

  private T create(Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(type + " refused its values", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  /** Looked up once, at the first function call. */
  private static final class Validators {
    static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();
  }
}
