package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
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

  @ParameterizedTest
  @CsvSource({
    "phone,    contact_phone, contact_phone_2,     contact_phone",
    "clientId, client_id,     contact_client_id,   contact_client_id_2"
  })
  void losesNothingThatGetsTheSameName(
      String one, String other, String oneWritten, String otherWritten) {
    Map<String, JsonValue> heard = new LinkedHashMap<>();
    heard.put(one, JsonText.string("1"));
    heard.put(other, JsonText.string("2"));
    JsonObject both = JsonText.object().add(oneWritten, "1").add(otherWritten, "2").build();

    assertThat(Heard.properties(heard)).isEqualTo(both);
    assertThat(Heard.traits(heard)).isEqualTo(both);
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
