package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
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

  /** What is spoken, sent, or kept as somebody's name. */
  record Note(
      String first_line,
      Optional<String> second,
      @Argument(value = "where", orObject = true) Optional<String> address) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'first_line':{'text':'Hi'}}            | The first line must be a text.",
        "{'first_line':['Hi']}                   | The first line must be a text.",
        "{'first_line':'Hi','second':{'a':1}}    | The second must be a text.",
        "{'first_line':'Hi','second':[]}         | The second must be a text.",
        "{'first_line':'Hi','address':['1 St']}  | The address must be a text."
      })
  void asksAgainForATextThatIsNone(String given, String sentence) {
    assertThatThrownBy(() -> note(given)).isInstanceOf(InvalidArguments.class).hasMessage(sentence);
  }

  @Test
  void takesANumberForATextAndAnObjectWhereOneIsMeant() {
    assertThat(note("{'first_line':7,'second':true,'address':{'street':'1 St'}}"))
        .containsExactly("7", Optional.of("true"), Optional.of("{\"street\":\"1 St\"}"));
  }

  /** With {@code '} for the quotation mark. */
  private static List<Object> note(String json) {
    Arguments arguments = Invoked.with(json.replace('\'', '"'));
    return ArgumentBinding.of(Note.class).components().stream()
        .map(component -> ArgumentBinding.value(component, arguments))
        .toList();
  }

  private static Object bind(String given) {
    return ArgumentBinding.value(
        ArgumentBinding.of(Parcel.class).components().get(0),
        Invoked.with("{\"gift_wrapped\":" + given + "}"));
  }
}
