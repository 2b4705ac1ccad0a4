package org.retellbridge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;

/** The Studio flow that users import. */
class StudioFlowTest {
  private static final Path FLOW = Path.of("docs/studio-flow.json");

  /** A variable as the flow writes it: perhaps with a default, perhaps cut, and always as JSON. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\{\\{trigger\\.call\\.(\\w+)"
              + "(?: \\| default: (?:'([^']*)'|trigger\\.call\\.(\\w+)))?"
              + "(?: \\| truncate: (\\d+))? \\| to_json}}");

  private final Map<String, JsonObject> states = states();

  @Test
  void leadsTheCallToFlexAndBackToTheBridgeWhenThatFails() {
    assertThat(flow().getString("initial_state")).isEqualTo("Trigger");
    assertThat(next("Trigger")).containsExactly(Map.entry("incomingCall", "send_to_flex"));
    assertThat(states.get("send_to_flex").getString("type")).isEqualTo("send-to-flex");
    assertThat(next("send_to_flex"))
        .containsOnlyKeys("failedToEnqueue", "callFailure")
        .containsValue("back_to_the_bridge");
    assertThat(properties("back_to_the_bridge").getString("url"))
        .endsWith(
            "/dial_ended?rung={{trigger.call.Param_rung | default: '0&leg=transfer'}}"
                + "&call={{trigger.call.Param_original_call_sid}}"
                + "&caller={{trigger.call.Param_caller | url_encode}}");
  }

  @Test
  void goesOnlyToStatesThatExist() {
    states.keySet().forEach(name -> assertThat(states.keySet()).containsAll(next(name).values()));
  }

  @Test
  void makesAttributesOfWhateverTheParametersHold() {
    String nasty = "\"}, <b> & \\ \n é 😀 ".repeat(200);
    JsonObject attributes = JsonText.parseObject(filled(nasty)).orElseThrow();

    assertThat(attributes.keySet())
        .containsExactly("type", "name", "summary", "department", "reason", "original_call_sid")
        .noneMatch(name -> name.contains("-"));
    assertThat(attributes.getString("summary")).startsWith("\"}, <b> &");
  }

  @Test
  void staysBelowWhatStudioTakes() {
    assertThat(filled("x".repeat(5000))).hasSizeLessThan(1024);
  }

  /** Of a call that comes down the ladder and withholds its number, or that somebody else sent. */
  @Test
  void makesAttributesOfACallWithoutParameters() {
    String text = filled(Map.of("From", "+266696687", "CallSid", "CA1")::get);
    JsonObject attributes = JsonText.parseObject(text).orElseThrow();

    assertThat(attributes.getString("name"))
        .as("no number that somebody would call back")
        .isEqualTo("unknown caller");
    assertThat(attributes.getString("original_call_sid")).isEqualTo("CA1");
    assertThat(attributes.getString("summary")).isEmpty();
  }

  @Test
  void namesWhomTheCallIsAbout() {
    Map<String, String> known =
        Map.of("From", "+61255500000", "CallSid", "CA1", "Param_caller", "+61491570006");

    assertThat(JsonText.parseObject(filled(known::get)).orElseThrow().getString("name"))
        .isEqualTo("+61491570006");
  }

  private String filled(String everywhere) {
    return filled(name -> everywhere);
  }

  /**
   * The attributes as Liquid would fill them in; what becomes of an absent value without a default
   * is not documented, so here it is nothing at all.
   *
   * @param values by name; {@code null} for an absent one
   */
  private String filled(UnaryOperator<String> values) {
    Matcher matcher = VARIABLE.matcher(properties("send_to_flex").getString("attributes"));
    return matcher.replaceAll(
        match -> {
          String value = values.apply(match.group(1));
          if (value == null) {
            value = match.group(3) == null ? match.group(2) : values.apply(match.group(3));
          }
          if (value == null) {
            return "";
          }
          int longest = match.group(4) == null ? 34 : Integer.parseInt(match.group(4));
          String cut = value.substring(0, Math.min(longest, value.length()));
          return Matcher.quoteReplacement(JsonText.string(cut).toString());
        });
  }

  private Map<String, String> next(String state) {
    return states.get(state).getJsonArray("transitions").stream()
        .map(JsonValue::asJsonObject)
        .filter(transition -> transition.containsKey("next"))
        .collect(
            Collectors.toMap(
                transition -> transition.getString("event"),
                transition -> transition.getString("next")));
  }

  private JsonObject properties(String state) {
    return states.get(state).getJsonObject("properties");
  }

  private static Map<String, JsonObject> states() {
    Map<String, JsonObject> states = new TreeMap<>();
    List<JsonObject> all =
        flow().getJsonArray("states").stream().map(JsonValue::asJsonObject).toList();
    all.forEach(state -> states.put(state.getString("name"), state));
    return states;
  }

  private static JsonObject flow() {
    try {
      return JsonText.parseObject(Files.readString(FLOW)).orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
