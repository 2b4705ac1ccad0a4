package org.retellbridge.partner.retell.events;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.retellbridge.foundation.json.JsonText;

/**
 * What is kept of an event, and what of that may be shown: how the call went, and of the analysis
 * its verdicts. What it says in sentences is the customer's and is never shown.
 */
public final class KeptEvent {
  private static final String CALL_TYPE = "call_type";
  private static final String DIRECTION = "direction";
  private static final String ANALYSIS = "call_analysis";

  private static final List<String> SHOWN =
      List.of(
          CALL_TYPE, "call_status", "agent_version", "duration_ms", CallEvent.DISCONNECTION_REASON);

  private static final List<String> VERDICTS =
      List.of(CallAnalysis.SENTIMENT, CallAnalysis.SUCCESSFUL, CallAnalysis.IN_VOICEMAIL);

  /** What may be kept of a call beside that: never what was said, nor a link to where it was. */
  private static final List<String> KEPT =
      List.of("agent_id", DIRECTION, "start_timestamp", "end_timestamp", ANALYSIS);

  private static final Set<String> WAYS = Set.of("inbound", "outbound");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_ -]{0,59}");

  private final JsonObject call;

  private KeptEvent(JsonObject call) {
    this.call = call;
  }

  /** What is kept of a call, as JSON. */
  static String of(JsonObject call) {
    JsonObjectBuilder kept = JsonText.object();
    keep(call, SHOWN, kept);
    keep(call, KEPT, kept);
    return kept.build().toString();
  }

  private static void keep(JsonObject call, List<String> fields, JsonObjectBuilder kept) {
    fields.forEach(
        field -> Optional.ofNullable(call.get(field)).ifPresent(value -> kept.add(field, value)));
  }

  /**
   * An event as it was kept; empty for what is none.
   *
   * @param kept of {@link CallEvent#kept}
   */
  public static Optional<KeptEvent> parse(String kept) {
    return JsonText.parseObject(kept).map(KeptEvent::new);
  }

  /** What may be shown, by Retell's names. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    add(call, SHOWN, facts);
    if (call.get(ANALYSIS) instanceof JsonObject analysis) {
      add(analysis, VERDICTS, facts);
      analysis.forEach(
          (name, value) -> {
            if (!VERDICTS.contains(name) && WORD.matcher(name).matches()) {
              facts.putIfAbsent(name, form(value));
            }
          });
    }
    return facts;
  }

  /** {@code inbound}, {@code outbound} or {@code web}; empty where it is not told. */
  public Optional<String> direction() {
    return JsonText.text(call, CALL_TYPE).filter("web_call"::equals).isPresent()
        ? Optional.of("web")
        : JsonText.text(call, DIRECTION).filter(WAYS::contains);
  }

  private static void add(JsonObject object, List<String> names, Map<String, String> facts) {
    for (String name : names) {
      JsonValue value = object.get(name);
      if (value instanceof JsonString text && WORD.matcher(text.getString()).matches()) {
        facts.put(name, text.getString());
      } else if (value != null && scalar(value)) {
        facts.put(name, value.toString());
      }
    }
  }

  private static boolean scalar(JsonValue value) {
    return switch (value.getValueType()) {
      case NUMBER, TRUE, FALSE -> true;
      default -> false;
    };
  }

  private static String form(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> "text of " + ((JsonString) value).getString().length() + " characters";
      case OBJECT -> "object of " + value.asJsonObject().size() + " fields";
      case ARRAY -> "list of " + ((JsonArray) value).size();
      case NUMBER -> "a number";
      case TRUE, FALSE -> "yes or no";
      case NULL -> "nothing";
    };
  }
}
