package org.retellbridge.partner.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.TwilioRestClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.resilience.Repeat;
import org.retellbridge.foundation.settings.TestSettings;

/** How the SDK's client is built from the settings; nobody is asked anything. */
class TwilioRestTest {
  private static final Map<String, String> BOTH =
      Map.of("TWILIO_REGION", "ie1", "TWILIO_EDGE", "dublin");

  @Test
  void asksTheRegionBehindItsEdge() {
    assertThat(place(BOTH)).isEqualTo("ie1 dublin");
    assertThat(place(Map.of())).isEqualTo("null null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TWILIO_REGION", "TWILIO_EDGE"})
  void ignoresOneWithoutTheOtherAndSaysSo(String name) {
    try (Logged log = Logged.by(TwilioRest.class)) {
      assertThat(place(Map.of(name, BOTH.get(name)))).isEqualTo("null null");
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("TWILIO_REGION and TWILIO_EDGE work together only");
    }
  }

  /** As the client has it that requests go through. */
  private static String place(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("ACCOUNT_SID", TestTwilio.ACCOUNT);
    all.put("AUTH_TOKEN", TestSettings.TOKEN);
    try (TestTwilio twilio = TestTwilio.of(all)) {
      return done(
          TestTwilio.result(
              twilio.rest().ask("nothing", Repeat.IF_HARMLESS, TwilioRestTest::place)));
    }
  }

  private static String place(TwilioRestClient client) {
    return client.getRegion() + " " + client.getEdge();
  }

  private static String done(TwilioReply<String> reply) {
    return ((TwilioReply.Done<String>) reply).resource();
  }
}
