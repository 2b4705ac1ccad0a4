package org.retellbridge.partner.retell;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.telephony.AgentName;

class NewCallTest {
  private static final AgentName AGENT = AgentName.parse("agent_a@prod").orElseThrow();

  @Test
  void tellsRetellEverything() {
    NewCall call =
        new NewCall(
            AGENT,
            false,
            Optional.of("+61400000001"),
            Optional.of("+61255500000"),
            Map.of("twilio_call_sid", "CA1"),
            Map.of("customer_name", "Mia", "from_number", ""));
    assertThat(JsonText.parseObject(call.toJson(Optional.empty())))
        .isEqualTo(
            JsonText.parseObject(
                """
                {"agent_id":"agent_a","agent_version":"prod","direction":"inbound",
                 "from_number":"+61400000001","to_number":"+61255500000",
                 "metadata":{"twilio_call_sid":"CA1"},
                 "retell_llm_dynamic_variables":{"customer_name":"Mia","from_number":""}}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999999999, 999999999",
    "1234567890, '\"1234567890\"'",
    "20260911120000, '\"20260911120000\"'",
    "v2, '\"v2\"'"
  })
  void writesAVersionAsANumberAndATagAsAText(String version, String json) {
    AgentName agent = new AgentName("agent_a", Optional.of(version));
    NewCall call =
        new NewCall(agent, false, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    assertThat(call.toJson(Optional.empty())).contains("\"agent_version\":" + json + ",");
  }

  @ParameterizedTest
  @CsvSource({"a@7,7", "a@007,7", "a@prod,\"prod\"", "a@latest_published,\"latest_published\""})
  void asksForANumberAsANumberAndForATagAsAText(String agent, String version) {
    assertThat(body(AgentName.parse(agent).get()).get("agent_version")).hasToString(version);
  }

  @Test
  void asksForNoVersionOfTheNewest() {
    AgentName newest = AgentName.parse("a@latest").get();
    assertThat(body(newest)).doesNotContainKey("agent_version");
    assertThat(body(newest.inVersion("prod"))).doesNotContainKey("agent_version");
    assertThat(body(AgentName.parse("a").get().inVersion("latest")))
        .doesNotContainKey("agent_version");
  }

  private static JsonObject body(AgentName agent) {
    NewCall call =
        new NewCall(agent, false, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    return JsonText.parseObject(call.toJson(Optional.empty())).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "client:alice, +61255500000, '', +61255500000",
    "+61400000001, sip:desk@example.com, +61400000001, ''",
    "0491570006, AP1, '', ''",
    "client:alice, , '', ''",
  })
  void leavesOutAddressesThatAreNoNumbers(String from, String to, String caller, String called) {
    NewCall numbers = between(from, to).withNumbersAlone().orElseThrow();
    assertThat(numbers.from().orElse("")).isEqualTo(caller);
    assertThat(numbers.to().orElse("")).isEqualTo(called);
    assertThat(numbers.variables()).as("what the agent is told").containsEntry("from_number", from);
    assertThat(numbers.metadata()).containsEntry("from_number", from);
  }

  @Test
  void hasNothingElseToAskForOfNumbers() {
    assertThat(between("+61400000001", "+61255500000").withNumbersAlone()).isEmpty();
    assertThat(between(null, "+61255500000").withNumbersAlone()).isEmpty();
    assertThat(between(null, null).withNumbersAlone()).isEmpty();
  }

  private static NewCall between(String from, String to) {
    Map<String, String> texts = from == null ? Map.of() : Map.of("from_number", from);
    return new NewCall(
        AGENT, true, Optional.ofNullable(from), Optional.ofNullable(to), texts, texts);
  }

  @Test
  void leavesOutWhatTwilioDidNotSay() {
    NewCall call = new NewCall(AGENT, true, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    assertThat(JsonText.parseObject(call.toJson(Optional.empty())))
        .isEqualTo(
            JsonText.parseObject(
                """
                {"agent_id":"agent_a","agent_version":"prod","direction":"outbound",
                 "metadata":{},"retell_llm_dynamic_variables":{}}
                """));
  }

  @Test
  void asksForTheCallsEventsWhenTheyAreWanted() {
    NewCall call =
        new NewCall(AGENT, false, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    URI events = URI.create("https://bridge.example.com/voice/retell/events");
    JsonObject body = JsonText.parseObject(call.toJson(Optional.of(events))).orElseThrow();
    assertThat(body.getJsonObject("agent_override"))
        .hasToString(
            "{\"agent\":{\"webhook_url\":\"https://bridge.example.com/voice/retell/events\","
                + "\"webhook_events\":[\"call_started\",\"call_ended\",\"call_analyzed\"]}}");
  }

  @Property
  void carriesAnyText(@ForAll String text) {
    NewCall call =
        new NewCall(
            AGENT, false, Optional.of(text), Optional.of(text), Map.of("name", text), Map.of());
    JsonObject body = JsonText.parseObject(call.toJson(Optional.empty())).orElseThrow();
    assertThat(body.getString("from_number")).isEqualTo(text);
    assertThat(body.getJsonObject("metadata").getString("name")).isEqualTo(text);
  }
}
