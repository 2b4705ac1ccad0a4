package org.retellbridge.foundation.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"agent_0aF", "a", "a-b_c@prod", "a@0", "a@latest_published"})
  void readsWhatItWrites(String text) {
    assertThat(AgentName.parse(text).map(AgentName::toString)).contains(text);
    assertThat(AgentName.parse(" " + text + "\n").map(AgentName::toString)).contains(text);
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
    assertThat(AgentName.parse(text)).isEmpty();
  }

  @Test
  void isNothingElse() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AgentName("a b", Optional.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> new AgentName("a@b", Optional.of("c")));
    assertThatIllegalArgumentException().isThrownBy(() -> new AgentName("a", Optional.of("")));
  }

  @Test
  void takesTheUsualVersionOnlyWithoutItsOwn() {
    assertThat(AgentName.parse("a").get().inVersion("prod")).hasToString("a@prod");
    assertThat(AgentName.parse("a@7").get().inVersion("prod")).hasToString("a@7");
    assertThat(AgentName.parse("a@latest").get().inVersion("prod")).hasToString("a@latest");
  }

  @ParameterizedTest
  @CsvSource({"a, latest, true", "a@latest, prod, true", "a, prod, false", "a@prod, latest, false"})
  void tellsWhetherADraftMayServe(String name, String usual, boolean newest) {
    assertThat(AgentName.parse(name).get().inVersion(usual).newest()).isEqualTo(newest);
  }
}
