package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;

class CustomerEventTest {

  @Test
  void readsEventsInTheirOrder() {
    List<CustomerEvent> events = of(Payload.of("events"));

    assertThat(events)
        .extracting(CustomerEvent::name)
        .containsExactly("place_order", "page_left", "odd");
    assertThat(events.get(0).properties()).containsKeys("summary", "total", "client_id");
  }

  @Test
  void takesMissingAndOddPropertiesForNone() {
    assertThat(of(Payload.of("events")))
        .extracting(CustomerEvent::properties)
        .element(1)
        .isEqualTo(JsonValue.EMPTY_JSON_OBJECT);
    assertThat(of(Payload.of("events")).get(2).properties()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"data\":null}", "{\"data\":{}}", "{\"data\":[null,7,[]]}"})
  void takesMissingDataForNoEvents(String page) {
    assertThat(of(page)).isEmpty();
  }

  private static List<CustomerEvent> of(String page) {
    return CustomerEvent.of(JsonText.parseObject(page).orElseThrow());
  }
}
