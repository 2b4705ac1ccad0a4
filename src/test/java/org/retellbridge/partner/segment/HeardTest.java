package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.json.JsonText;

class HeardTest {

  @ParameterizedTest
  @CsvSource({
    "phone,       contact_phone",
    "Phone,       contact_phone",
    "email,       contact_email",
    "userId,      contact_user_id",
    "USER_ID,     contact_user_id",
    "clientId,    contact_client_id",
    "anonymousId, contact_anonymous_id",
    "client-id,   contact_client_id",
    "' phone ',   contact_phone",
    "ios.idfa,    contact_ios.idfa",
    "phone_model, phone_model",
    "orderId,     orderId"
  })
  void neverNamesAnIdentifierWhatTheModelHeard(String heard, String written) {
    assertThat(Heard.properties(Map.of(heard, JsonText.string("x")))).containsOnlyKeys(written);
    assertThat(Heard.traits(Map.of(heard, JsonText.string("x")))).containsOnlyKeys(written);
  }

  @Test
  void makesTheReservedAddressAnObject() {
    assertThat(Heard.traits(Map.of("address", JsonText.string("1 Test St"))))
        .hasToString("{\"address\":{\"street\":\"1 Test St\"}}");
  }

  @Test
  void leavesTheAddressOfAnEventAlone() {
    assertThat(Heard.properties(Map.of("address", JsonText.string("1 Test St"))))
        .hasToString("{\"address\":\"1 Test St\"}");
  }
}
