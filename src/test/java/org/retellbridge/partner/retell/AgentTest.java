package org.retellbridge.partner.retell;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;

class AgentTest {
  @ParameterizedTest
  @ValueSource(strings = {"agent_0aF", "a", "a-b_c@prod", "a@0", "a@latest_published"})
  void readsWhatItWrites(String text) {
    assertThat(Agent.parse(text).map(Agent::toString)).contains(text);
    assertThat(Agent.parse(" " + text + "\n").map(Agent::toString)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "@",
        "@prod",
        "a@",
        "a@b@c",
        "a b",
        "a@Prod",
        "a/b",
        "é",
        "a@123456789012345678901"
      })
  void readsNothingElse(String text) {
    assertThat(Agent.parse(text)).isEmpty();
  }

  @Test
  void takesTheUsualVersionOnlyWithoutItsOwn() {
    assertThat(Agent.parse("a").get().inVersion("prod")).hasToString("a@prod");
    assertThat(Agent.parse("a@7").get().inVersion("prod")).hasToString("a@7");
    assertThat(body(Agent.parse("a@latest").get().inVersion("prod")))
        .doesNotContainKey("agent_version");
  }

  @ParameterizedTest
  @CsvSource({"a@7,7", "a@007,7", "a@prod,\"prod\"", "a@latest_published,\"latest_published\""})
  void asksForANumberAsANumberAndForATagAsAText(String agent, String version) {
    assertThat(body(Agent.parse(agent).get()).get("agent_version")).hasToString(version);
  }

  @Test
  void asksForNoVersionOfTheNewest() {
    assertThat(body(Agent.parse("a@latest").get())).doesNotContainKey("agent_version");
    assertThat(body(Agent.parse("a").get().inVersion("latest"))).doesNotContainKey("agent_version");
  }

  private static JsonObject body(Agent agent) {
    NewCall call =
        new NewCall(agent, false, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    return JsonText.parseObject(call.toJson(Optional.empty())).orElseThrow();
  }
}
