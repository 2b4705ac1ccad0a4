package org.retellbridge.partner.retell.functions;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.retellbridge.partner.retell.functions.Answer.Outcome;

/**
 * What may be seen of arguments and answers: their names and their forms, one a line. The values
 * are the customer's words; who looks after the bridge has no need of them, and whoever has finds
 * them at Retell.
 */
final class Outline {
  /** What the bridge's own answers say under {@code status}. */
  private static final Set<String> WORDS =
      Set.of("sent", "created", "moved", "failed", "error", "Not found");

  private static final Pattern DIGITS = Pattern.compile("[0-9]{3,}");
  private static final int MOST = 30;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_SENTENCE = 200;

  private Outline() {}

  static String of(Arguments arguments) {
    return lines(arguments.all(), status -> false);
  }

  /**
   * The sentence of a failure is what an operator looks for.
   *
   * @param builtIn whether it is the bridge's own; a company's function may tell of a customer
   * @param effect what a look-up found is all the customer's, a {@code status} too
   */
  static String of(Answer answer, boolean builtIn, RetellFunction.Effect effect) {
    if (answer.body() instanceof JsonObject body) {
      boolean failure = answer.outcome() == Outcome.FAILED || answer.outcome() == Outcome.UNKNOWN;
      return builtIn && failure && body.get("message") instanceof JsonString sentence
          ? "message: " + spoken(sentence.getString())
          : lines(
              body, failure || effect != RetellFunction.Effect.NONE ? WORDS::contains : x -> false);
    }
    return form(answer.body());
  }

  /** Why a function failed, in the words that the agent was given; empty when there are none. */
  static String reason(Answer answer) {
    boolean failure = answer.outcome() == Outcome.FAILED || answer.outcome() == Outcome.UNKNOWN;
    if (!failure || !(answer.body() instanceof JsonObject body)) {
      return "";
    }
    JsonValue told = body.getOrDefault("message", body.get("status"));
    return told instanceof JsonString sentence ? spoken(sentence.getString()) : "";
  }

  private static String spoken(String sentence) {
    String line = DIGITS.matcher(sentence.replaceAll("\\s+", " ")).replaceAll("…");
    return line.length() > LONGEST_SENTENCE ? line.substring(0, LONGEST_SENTENCE) + "…" : line;
  }

  /**
   * @param shown which values of {@code status} are shown
   */
  private static String lines(Map<String, JsonValue> fields, Predicate<String> shown) {
    StringBuilder lines = new StringBuilder();
    int left = MOST;
    for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
      if (left-- == 0) {
        break;
      }
      lines
          .append(lines.isEmpty() ? "" : "\n")
          .append(name(field.getKey()))
          .append(": ")
          .append(value(field.getKey(), field.getValue(), shown));
    }
    return lines.toString();
  }

  /** A model may make up a name as well, and put anything into it. */
  private static String name(String name) {
    boolean usual =
        name.length() <= LONGEST_NAME && Names.plain(name) && Names.letter(name.charAt(0));
    return usual ? name : "…";
  }

  private static String value(String name, JsonValue value, Predicate<String> shown) {
    return name.equals("status")
            && value instanceof JsonString status
            && shown.test(status.getString())
        ? status.getString()
        : form(value);
  }

  private static String form(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> "text of " + ((JsonString) value).getString().length() + " characters";
      case NUMBER -> "a number";
      case TRUE, FALSE -> "yes or no";
      case NULL -> "nothing";
      case ARRAY -> "list of " + ((JsonArray) value).size();
      case OBJECT -> "object of " + value.asJsonObject().size() + " fields";
    };
  }
}
