package org.retellbridge.foundation.json;

import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Gives values other names, and loses none to another that comes to the same name. */
public final class Renaming {
  private Renaming() {}

  /**
   * The values under their new names, in their order. Of several that come to the same name, the
   * one that bears it already keeps it, else the first has it; the others get a number at the end,
   * {@code name_2}.
   */
  public static Map<String, JsonValue> of(
      Map<String, JsonValue> values, UnaryOperator<String> renamed) {
    Set<String> taken = new HashSet<>();
    values.keySet().stream().filter(name -> renamed.apply(name).equals(name)).forEach(taken::add);
    Map<String, JsonValue> all = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          String wanted = renamed.apply(name);
          all.put(wanted.equals(name) ? name : free(wanted, taken), value);
        });
    return all;
  }

  private static String free(String wanted, Set<String> taken) {
    String name = wanted;
    for (int number = 2; !taken.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }
}
