package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retellbridge.foundation.settings.Catalogue.AI_HOURS;
import static org.retellbridge.foundation.settings.Catalogue.AI_SHARE;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.json.JsonText;

class SwitchOrderTest {

  @Test
  void changesOnlyWhatItNames() {
    SwitchOrder order = parse("{\"ai_share\": 0}");
    assertThat(order.values()).containsOnlyKeys(AI_SHARE);
    assertThat(order.values().get(AI_SHARE)).isEqualTo(Optional.of(0));
    assertThat(order.drain()).isEmpty();
  }

  @Test
  void goesBackToTheSettingsWithNull() {
    SwitchOrder order = parse("{\"ai_share\": null, \"ai_hours\": null, \"drain\": null}");
    assertThat(order.values().get(AI_SHARE)).isEqualTo(Optional.empty());
    assertThat(order.values().get(AI_HOURS)).isEqualTo(Optional.empty());
    assertThat(order.drain()).hasValue(Drain.END);
  }

  @ParameterizedTest
  @CsvSource({"true, THIS_NODE", "false, END", "'\"all\"', ALL_NODES"})
  void drains(String value, Drain drain) {
    assertThat(parse("{\"drain\": " + value + "}").drain()).hasValue(drain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | the order names nothing",
        "{\"ai_share\": 101} | ai_share must be a whole number from 0 to 100",
        "{\"ai_share\": -1} | ai_share must be",
        "{\"ai_share\": 1e400} | ai_share must be",
        "{\"ai_share\": 99.5} | ai_share must be",
        "{\"ai_share\": \"50\"} | ai_share must be",
        "{\"ai_share\": true} | ai_share must be",
        "{\"ai_hours\": 8} | ai_hours must be",
        "{\"ai_hours\": \"Mo 08:00-09:00\"} | null for AI_HOURS: a time zone must stand at the end",
        "{\"ai_hours\": \"Mx 08:00-09:00 UTC\"} | a day is one of",
        "{\"drain\": \"some\"} | drain must be true",
        "{\"drain\": 1} | drain must be true",
        "{\"ai_shaer\": 50} | only ai_share, ai_hours and drain"
      })
  void saysWhatIsWrong(String json, String why) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\"");
  }

  private static SwitchOrder parse(String json) {
    return SwitchOrder.parse(JsonText.parseObject(json).orElseThrow());
  }
}
