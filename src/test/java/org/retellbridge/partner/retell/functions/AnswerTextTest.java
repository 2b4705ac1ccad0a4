package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.json.JsonText;

class AnswerTextTest {

  @Test
  void leavesAnAnswerThatFitsAsItIs() {
    JsonObject body = JsonText.object().add("note", "x".repeat(AnswerText.LIMIT - 11)).build();
    assertThat(body.toString()).hasSize(AnswerText.LIMIT);
    assertThat(AnswerText.of(body)).isEqualTo(body.toString());
  }

  @Test
  void cutsTheLongestTextsAndNothingElse() {
    JsonObject body =
        JsonText.object()
            .add("name", "Mia Example")
            .add("history", "long ".repeat(8_000))
            .add("orders", 3)
            .add("address", JsonText.object().add("street", "1 Test St"))
            .build();

    String text = AnswerText.of(body);

    JsonObject shorter = JsonText.parseObject(text).orElseThrow();
    assertThat(text.length()).isLessThanOrEqualTo(AnswerText.LIMIT);
    assertThat(shorter.getString("name")).isEqualTo("Mia Example");
    assertThat(shorter.getInt("orders")).isEqualTo(3);
    assertThat(shorter.getJsonObject("address").getString("street")).isEqualTo("1 Test St");
    assertThat(shorter.getString("history")).startsWith("long long").endsWith("…");
    assertThat(shorter.getString("history").length()).isGreaterThan(3_000);
  }

  @Test
  void keepsTheFirstOfAListThatIsTooLong() {
    JsonArrayBuilder events = JsonText.array();
    for (int i = 0; i < 400; i++) {
      events.add(JsonText.object().add("eventName", "e" + i).add("summary", "x".repeat(90)));
    }

    String text = AnswerText.of(events.build());

    assertThat(text.length()).isLessThanOrEqualTo(AnswerText.LIMIT);
    assertThat(text).startsWith("[{\"eventName\":\"e0\"").endsWith("…\"}]");
    assertThat(parsed(text).size()).isBetween(100, 200);
  }

  @Test
  void keepsTheKindOfAnswerWhateverIsInIt() {
    JsonObjectBuilder many = JsonText.object();
    for (int i = 0; i < 300; i++) {
      many.add("k".repeat(1_000) + i, i);
    }
    JsonArrayBuilder deep = JsonText.array();
    for (int i = 0; i < 40; i++) {
      JsonArrayBuilder row = JsonText.array();
      for (int j = 0; j < 40; j++) {
        row.add("n".repeat(20));
      }
      deep.add(row);
    }

    String object = AnswerText.of(many.build());
    String array = AnswerText.of(deep.build());

    assertThat(object.length()).isLessThanOrEqualTo(AnswerText.LIMIT);
    assertThat(JsonText.parseObject(object)).isPresent();
    assertThat(array.length()).isLessThanOrEqualTo(AnswerText.LIMIT);
    assertThat(parsed(array)).isNotEmpty();
  }

  @Property(tries = 60)
  void isWholeAndFitsWhateverTheTextsAre(
      @ForAll String text, @ForAll @IntRange(min = 0, max = 40_000) int length) {
    String longText = text.isEmpty() ? "" : text.repeat(length / text.length() + 1);
    JsonObject body =
        JsonText.object()
            .add("name", text)
            .add("note", longText.substring(0, Math.min(length, longText.length())))
            .build();

    String answer = AnswerText.of(body);

    assertThat(answer.length()).isLessThanOrEqualTo(AnswerText.LIMIT);
    assertThat(JsonText.parseObject(answer).orElseThrow().keySet())
        .isEqualTo(Map.of("name", 1, "note", 2).keySet());
  }

  private static JsonArray parsed(String array) {
    return JsonText.parseObject("{\"a\":" + array + "}").orElseThrow().getJsonArray("a");
  }
}
