package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentBindingTest {

  /** An argument that a model may give as it likes. */
  record Parcel(Boolean gift_wrapped) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"true|true", "\"true\"|true", "\" TRUE \"|true", "false|false", "\"False\"|false"})
  void takesTruthInAnyCase(String given, boolean meant) {
    assertThat(bind(given)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"yes\"", "\"1\"", "1", "0", "\"truely\"", "[true]", "{\"a\":true}"})
  void asksAgainForWhatIsNeither(String given) {
    assertThatThrownBy(() -> bind(given))
        .isInstanceOf(InvalidArguments.class)
        .hasMessage("The gift wrapped must be true or false.");
  }

  @Test
  void leavesOutWhatNobodyGave() {
    assertThat(bind("null")).isNull();
    assertThat(bind("\"{{gift}}\"")).isNull();
  }

  private static Object bind(String given) {
    return ArgumentBinding.value(
        ArgumentBinding.of(Parcel.class).components().get(0),
        Invoked.with("{\"gift_wrapped\":" + given + "}"));
  }
}
