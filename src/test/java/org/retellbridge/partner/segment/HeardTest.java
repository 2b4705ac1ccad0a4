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
import org.retellbridge.foundation.settings.TestSettings;

class HeardTest {
  private static final Heard HEARD = Heard.of(TestSettings.of());

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
    assertThat(HEARD.properties(Map.of(heard, JsonText.string("x")))).containsOnlyKeys(written);
    assertThat(HEARD.traits(Map.of(heard, JsonText.string("x")))).containsOnlyKeys(written);
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

    assertThat(HEARD.properties(heard)).isEqualTo(both);
    assertThat(HEARD.traits(heard)).isEqualTo(both);
  }

  @Test
  void makesTheReservedAddressAnObject() {
    assertThat(HEARD.traits(Map.of("address", JsonText.string("1 Test St"))))
        .hasToString("{\"address\":{\"street\":\"1 Test St\"}}");
  }

  @Test
  void leavesTheAddressOfAnEventAlone() {
    assertThat(HEARD.properties(Map.of("address", JsonText.string("1 Test St"))))
        .hasToString("{\"address\":\"1 Test St\"}");
  }

  /** The loyalty number of somebody else would merge both for good. */
  @ParameterizedTest
  @CsvSource({
    "loyalty_id, contact_loyalty_id",
    "loyaltyId,  contact_loyalty_id",
    "CRM-Id,     contact_crm_id",
    "phone,      contact_phone",
    "loyalty,    loyalty"
  })
  void knowsTheIdentifiersOfTheSpace(String name, String written) {
    Heard heard = Heard.of(TestSettings.of("SEGMENT_IDENTIFIERS", "loyalty_id, crmId"));
    assertThat(heard.properties(Map.of(name, JsonText.string("x")))).containsOnlyKeys(written);
    assertThat(heard.traits(Map.of(name, JsonText.string("x")))).containsOnlyKeys(written);
  }
}
