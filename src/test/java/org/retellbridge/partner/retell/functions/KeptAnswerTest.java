package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;

class KeptAnswerTest {

  static Stream<JsonValue> bodies() {
    return Stream.of(
        JsonText.object().add("status", "done").build(),
        JsonText.array().add(JsonText.object().add("order", "1\n2")).build(),
        JsonText.string("HTTP 404\n{}"),
        JsonText.number(7),
        JsonValue.TRUE,
        JsonValue.NULL,
        JsonValue.EMPTY_JSON_ARRAY);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void givesBodyAndStatusBack(JsonValue body) {
    for (int status : new int[] {200, 201, 404}) {
      Answer first = new Answer(status, Answer.Outcome.DONE, body);
      Answer again = Answer.repeated(KeptAnswer.of(first));

      assertThat(again.body()).isEqualTo(body);
      assertThat(again.status()).isEqualTo(status);
      assertThat(again.outcome()).isEqualTo(Answer.Outcome.REPEATED);
    }
  }

  @Test
  void readsWhatEarlierVersionsKept() {
    Answer again = Answer.repeated("{\"message\":\"accepted\",\"success\":true}");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).hasToString("{\"message\":\"accepted\",\"success\":true}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "neither kept nor delivered", "HTTP 200\n", "{", "HTTP 999\n{}"})
  void saysSoWhenItCannotBeRead(String kept) {
    Answer again = Answer.repeated(kept);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().asJsonObject().getString("message")).contains("asked for before");
  }
}
