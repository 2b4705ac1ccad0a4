package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.Caller;

class IdentityTest {
  private static final String NUMBER = "+61400000001";
  private static final UserIds PLAIN = UserIds.of(TestSettings.of());

  @Test
  void vouchesForATelephoneNumber() {
    Identity identity = of(NUMBER, true, PLAIN);

    assertThat(identity.userId()).isEqualTo(NUMBER);
    assertThat(externalIds(identity))
        .hasToString(
            "[{\"id\":\"+61400000001\",\"type\":\"phone\","
                + "\"collection\":\"users\",\"encoding\":\"none\"}]");
  }

  @Test
  void vouchesForAClientInLowerCaseAndKeepsItsSpellingAsTheOriginalDid() {
    Identity identity = of("client:Bob", true, PLAIN);

    assertThat(identity.userId()).isEqualTo("client:Bob");
    assertThat(externalIds(identity).getJsonObject(0).getString("type")).isEqualTo("client_id");
    assertThat(externalIds(identity).getJsonObject(0).getString("id")).isEqualTo("client:bob");
  }

  @Test
  void doesNotVouchForWhatABrowserSays() {
    assertThat(externalIds(of(NUMBER, false, PLAIN))).isEmpty();
    assertThat(externalIds(of("client:bob", false, PLAIN))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sip:bob@example.com", "0400000001", "whatsapp:+61400000001"})
  void doesNotVouchForOtherAddresses(String address) {
    Identity identity = of(address, true, PLAIN);

    assertThat(identity.userId()).isEqualTo(address);
    assertThat(externalIds(identity)).isEmpty();
  }

  @Test
  void saysWhoWritesFromWhere() {
    JsonObject context = of(NUMBER, true, PLAIN).context();

    assertThat(context.getString("channel")).isEqualTo("server");
    assertThat(context.getJsonObject("library").getString("name"))
        .isEqualTo("twilio-retell-bridge");
    assertThat(context.getJsonObject("library").getString("version"))
        .matches("[0-9].*|\\$\\{project.version}");
  }

  @Test
  void hashesUserIdsWithAKeyThatIsNotTheWriteKey() {
    UserIds hashed = hashed("write_key_1");

    assertThat(hashed.of(phone(NUMBER)))
        .matches("[0-9a-f]{64}")
        .isEqualTo(hashed.of(phone(NUMBER)));
    assertThat(hashed.of(phone(NUMBER))).isNotEqualTo(hashed.of(phone("+61400000002")));
    assertThat(hashed.of(phone(NUMBER))).isNotEqualTo(hashed("write_key_2").of(phone(NUMBER)));
  }

  /** By Python's hmac: the key is the purpose's HMAC under the write key. */
  @Test
  void keepsUserIdsOverReleases() {
    assertThat(hashed("write_key_1").of(phone(NUMBER)))
        .isEqualTo("bc2f8fa58d029c08f0f58dc9b90b3c2dccac186c8824ab30622e0b90906ee612");
  }

  @Test
  void keepsTheExternalIdPlainWhenTheUserIdIsHashed() {
    Identity identity = of(NUMBER, true, hashed("write_key_1"));

    assertThat(identity.userId()).doesNotContain("614");
    assertThat(externalIds(identity).getJsonObject(0).getString("id")).isEqualTo(NUMBER);
  }

  @Test
  void keepsUserIdsWhenTheWriteKeyIsRotated() {
    UserIds rotated =
        UserIds.of(
            TestSettings.of(
                "SEGMENT_USER_ID",
                "hash",
                "SEGMENT_USER_ID_KEY",
                "write_key_1",
                "SEGMENT_WRITE_KEY",
                "write_key_2"));
    assertThat(rotated.of(phone(NUMBER))).isEqualTo(hashed("write_key_1").of(phone(NUMBER)));
  }

  @Test
  void hashesOneSpellingOfAClient() {
    UserIds hashed = hashed("write_key_1");
    assertThat(of("client:Bob", true, hashed).userId())
        .isEqualTo(of("client:bob", true, hashed).userId());
  }

  private static CustomerKey phone(String number) {
    return new CustomerKey(CustomerKey.PHONE, number);
  }

  private static UserIds hashed(String writeKey) {
    return UserIds.of(TestSettings.of("SEGMENT_USER_ID", "hash", "SEGMENT_WRITE_KEY", writeKey));
  }

  private static Identity of(String address, boolean verified, UserIds userIds) {
    return Identity.of(new Customer(Caller.parse(address).orElseThrow(), verified), userIds);
  }

  private static JsonArray externalIds(Identity identity) {
    return identity.context().getJsonArray("externalIds");
  }
}
