package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.retellbridge.foundation.json.JsonText;

/**
 * One text for values that are equal. The model writes {@code 20.0}, Retell reads that and sends
 * {@code 20}; the order of an object's members means nothing either.
 */
final class OneSpelling {
  private static final int MOST_ZEROS = 18;

  private OneSpelling() {}

  static String of(JsonValue value) {
    return switch (value.getValueType()) {
      case NUMBER -> number(((JsonNumber) value).bigDecimalValue());
      case ARRAY ->
          value.asJsonArray().stream()
              .map(OneSpelling::of)
              .collect(Collectors.joining(",", "[", "]"));
      case OBJECT ->
          value.asJsonObject().entrySet().stream()
              .sorted(Comparator.comparing(Map.Entry::getKey))
              .map(member -> JsonText.string(member.getKey()) + ":" + of(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case STRING, TRUE, FALSE, NULL -> value.toString();
    };
  }

  /**
   * Whole numbers of usual length as everybody writes them, all others as digits and exponent:
   * 1E+1000000000 written out would fill the memory.
   */
  private static String number(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    // Of the digits alone: at the end of what a scale can be, stripping the number would overflow.
    BigDecimal digits = new BigDecimal(number.unscaledValue()).stripTrailingZeros();
    BigInteger significant = digits.unscaledValue();
    long exponent = -(long) digits.scale() - number.scale();
    return exponent >= 0 && exponent <= MOST_ZEROS
        ? significant + "0".repeat((int) exponent)
        : significant + "E" + exponent;
  }
}
