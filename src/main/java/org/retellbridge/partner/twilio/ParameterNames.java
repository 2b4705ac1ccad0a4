package org.retellbridge.partner.twilio;

import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.retellbridge.foundation.json.Renaming;

/** Names of TwiML parameters and of task attributes, which come from other people's JSON. */
public final class ParameterNames {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Pattern LETTER = Pattern.compile("[A-Za-z].*");
  private static final String PREFIX = "arg_";

  /** Leaves room for the number of a second one. */
  private static final int LONGEST_MADE = 60;

  private ParameterNames() {}

  /**
   * The values under names that may stand in TwiML and in attributes; of several that come to the
   * same name, the others get a number at the end.
   *
   * @param reserved the names that the bridge uses itself: what comes to one of them is left out
   */
  public static Map<String, JsonValue> of(
      Map<String, JsonValue> values, Predicate<String> reserved) {
    Map<String, JsonValue> others = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!reserved.test(usable(name))) {
            others.put(name, value);
          }
        });
    return Renaming.of(others, ParameterNames::usable);
  }

  /**
   * The name, or one made of it. A hyphen silently breaks the expressions of TaskRouter's
   * workflows, and a variable that begins with a digit is none.
   */
  private static String usable(String name) {
    if (FORM.matcher(name).matches()) {
      return name;
    }
    String made = name.replaceAll("[^A-Za-z0-9_]", "_");
    String whole = LETTER.matcher(made).matches() ? made : PREFIX + made;
    return whole.substring(0, Math.min(whole.length(), LONGEST_MADE));
  }
}
