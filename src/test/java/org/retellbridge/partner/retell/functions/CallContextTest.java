package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;

class CallContextTest {

  @Test
  void tellsWhoCallsAndWhereTheCallIsFoundAgainAndNothingElse() {
    assertThat(
            context(
                """
                {"name":"create_task","args":{"summary":"x"},"call":{"call_type":"phone_call",
                 "call_id":"call_1","agent_id":"agent_a","agent_name":"Front desk","agent_version":3,
                 "direction":"inbound","from_number":"+61491570006","to_number":"+61255500000",
                 "metadata":{"twilio_call_sid":"CA00000000000000000000000000000001","secret":"s"},
                 "retell_llm_dynamic_variables":{"balance":"12"},"transcript":"User: my card is 4111",
                 "transcript_object":[],"call_analysis":{"x":1}}}\
                """))
        .containsExactly(
            Map.entry("call_id", "call_1"),
            Map.entry("twilio_call_sid", "CA00000000000000000000000000000001"),
            Map.entry("caller", "+61491570006"),
            Map.entry("from_number", "+61491570006"),
            Map.entry("to_number", "+61255500000"),
            Map.entry("direction", "inbound"),
            Map.entry("agent_id", "agent_a"),
            Map.entry("agent_name", "Front desk"));
  }

  @Test
  void leavesOutWhatIsAbsentWrongOrFarTooLong() {
    assertThat(
            context(
                "{\"call\":{\"call_id\":\"a/../b\",\"agent_id\":7,\"agent_name\":\""
                    + "x".repeat(257)
                    + "\",\"from_number\":\"\",\"metadata\":{\"twilio_call_sid\":\"CA1\"}}}"))
        .isEmpty();
    assertThat(context("{\"task_type\":\"voice\"}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+266696687", "anonymous", "Restricted", "+7378742833"})
  void givesNobodyAWithheldNumberToCallBack(String withheld) {
    assertThat(
            context(
                "{\"name\":\"f\",\"args\":{},\"call\":{\"from_number\":\""
                    + withheld
                    + "\",\"to_number\":\"+61255500000\",\"agent_name\":\"Unknown\"}}"))
        .containsExactly(
            Map.entry("to_number", "+61255500000"), Map.entry("agent_name", "Unknown"));
  }

  /** What is not known must not be made up. */
  @Test
  void keepsItsNamesFromTheModelAndNotFromAnotherVendor() {
    JsonObject body = JsonText.parseObject("{\"caller\":\"+61491570999\"}").orElseThrow();
    assertThat(CallContext.reserved(TestFunctionCalls.of(body, Map.of())))
        .containsExactlyInAnyOrder(
            "call_id",
            "twilio_call_sid",
            "original_call_sid",
            "caller",
            "from_number",
            "to_number",
            "direction",
            "agent_id",
            "agent_name");
    assertThat(
            CallContext.reserved(
                FunctionCall.of(body, TestFunctionCalls.twilios(Map.of(), Optional.of("token")))))
        .isEmpty();
  }

  private static Map<String, String> context(String json) {
    return CallContext.of(TestFunctionCalls.of(JsonText.parseObject(json).orElseThrow(), Map.of()));
  }
}
