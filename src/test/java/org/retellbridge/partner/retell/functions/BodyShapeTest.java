package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;

class BodyShapeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"call_1\"}}",
        "{\"event\":\"call_started\",\"call\":{},\"event_timestamp\":1}",
        "{\"event\":\"chat_ended\",\"chat\":{\"chat_id\":\"chat_1\"}}",
        "{\"event\":\"call_inbound\",\"call_inbound\":{\"from_number\":\"+61491570006\"}}",
      })
  void knowsRetellsWebhooks(String json) {
    assertThat(BodyShape.event(JsonText.parseObject(json).orElseThrow())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"birthday\"}",
        "{\"event\":\"birthday\",\"call\":\"tomorrow\",\"chat\":{\"with\":\"Mia\"}}",
        "{\"event\":{\"name\":\"birthday\"},\"call\":{}}",
        "{\"name\":\"invite\",\"call\":{\"call_id\":\"call_1\"},\"args\":{\"event\":\"birthday\"}}",
        "{\"event\":\"x\",\"call\":{\"call_id\":\"call_1\"},\"args\":{}}",
        "{\"call\":{\"call_id\":\"call_1\"}}",
      })
  void leavesFunctionsAlone(String json) {
    assertThat(BodyShape.event(JsonText.parseObject(json).orElseThrow())).isFalse();
  }
}
