package org.retellbridge.feature.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.partner.retell.functions.Invoked;

class EventPropertiesTest {

  @Test
  void takesEveryArgument() {
    assertThat(of("{\"Summary\":\"x\",\"TOTAL\":18.5,\"timestamp\":\"now\",\"Toppings\":[\"a\"]}"))
        .containsOnlyKeys("summary", "total", "timestamp", "Toppings")
        .hasEntrySatisfying("total", it -> assertThat(it).hasToString("18.5"))
        .hasEntrySatisfying("Toppings", it -> assertThat(it).hasToString("[\"a\"]"));
  }

  @Test
  void leavesOutWhatNobodyFilledIn() {
    assertThat(of("{\"summary\":\"\",\"total\":null,\"order\":\"{{order_id}}\"}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-22T09:00:00Z,             2026-08-22T09:00:00Z",
    "2026-08-22T19:00:00+10:00,        2026-08-22T09:00:00Z",
    "' 2026-08-22T19:00+10:00 ',       2026-08-22T09:00:00Z",
    "'Sat, 22 Aug 2026 09:00:00 GMT',  2026-08-22T09:00:00Z"
  })
  void readsATimeThatSaysItsOffset(String words, String time) {
    assertThat(of("{\"timestamp\":\"" + words + "\"}"))
        .containsEntry("timestamp", JsonText.string(words))
        .containsEntry("ordered_at", JsonText.string(time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomorrow at six", "2026-08-22", "2026-08-22T09:00:00", "1790000000"})
  void keepsOtherWordsAboutTimeAsTheyAre(String words) {
    assertThat(of("{\"timestamp\":\"" + words + "\"}"))
        .containsOnlyKeys("timestamp")
        .containsEntry("timestamp", JsonText.string(words));
  }

  private static Map<String, JsonValue> of(String json) {
    return EventProperties.of(Invoked.with(json));
  }
}
