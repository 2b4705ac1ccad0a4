package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.AgentName;

class AgentChoiceTest {
  private static final String TO = "To=" + Webhooks.DIALLED;
  private static final String[] EVERYTHING = {
    "RETELL_AGENTS", "+61255500000=agent_number,+61255500001=agent_tagged@beta",
    "RETELL_AGENT_ID", "agent_usual",
    "RETELL_AGENT_VERSION", "prod"
  };

  private final AgentChoice choice = new AgentChoice(TestSettings.of(EVERYTHING));

  @Test
  void prefersTheQuery() {
    assertThat(chosen("agent_id=agent_query", "agent_id=agent_body&" + TO))
        .contains("agent_query@prod");
  }

  @Test
  void takesTheBodyNext() {
    assertThat(chosen(null, "agent_id=agent_body&" + TO)).contains("agent_body@prod");
    assertThat(chosen("agent_id=", "agent_id=agent_body")).contains("agent_body@prod");
  }

  @Test
  void takesTheDialledNumbersAgentNext() {
    assertThat(chosen(null, TO)).contains("agent_number@prod");
  }

  /**
   * Of a call that Twilio places, {@code From} is the company's number and {@code To} anybody's.
   */
  @Test
  void takesTheOwnNumbersAgentOfACallThatTwilioPlaces() {
    String placed = "&Direction=outbound-api";
    assertThat(chosen(null, "From=" + Webhooks.DIALLED + "&To=" + Webhooks.CALLER + placed))
        .contains("agent_number@prod");
    assertThat(chosen(null, "From=%2B61255500002&" + TO + placed)).contains("agent_usual@prod");
  }

  /** The number is the user of an address at the company's SIP domain. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip%3A%2B61255500000%40acme.sip.twilio.com",
        "sip%3A%252B61255500000%40acme.sip.twilio.com",
        "sips%3A%2B61255500000%3Aword%40acme.sip.twilio.com%3A5061%3Btransport%3Dtls"
      })
  void takesTheAgentOfANumberThatIsDialledBySip(String address) {
    assertThat(chosen(null, "To=" + address)).contains("agent_number@prod");
    assertThat(chosen(null, "To=" + address.replace("5500000", "5500002")))
        .contains("agent_usual@prod");
  }

  @Test
  void takesTheUsualAgentLast() {
    assertThat(chosen(null, "To=%2B61255500002")).contains("agent_usual@prod");
    assertThat(chosen(null, "")).contains("agent_usual@prod");
  }

  @Test
  void leavesAVersionThatIsNamed() {
    assertThat(chosen(null, "To=%2B61255500001")).contains("agent_tagged@beta");
    assertThat(chosen("agent_id=agent_query%407", TO)).contains("agent_query@7");
  }

  @Test
  void leavesTheNewestVersionWhenItIsNamed() {
    assertThat(chosen("agent_id=agent_query%40latest", TO).orElseThrow()).doesNotContain("prod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent_id=a%20b", "agent_id=%3Cx%3E", "agent_id=%7B%7Bagent%7D%7D"})
  void choosesNobodyForWhatIsNoAgent(String query) {
    assertThat(chosen(query, TO)).isEmpty();
  }

  @Test
  void choosesNobodyWhenNothingNamesOne() {
    AgentChoice bare = new AgentChoice(TestSettings.of());
    assertThat(bare.of(Webhooks.inbound())).isEmpty();
  }

  @Test
  void namesNoVersionWhenNoneIsSet() {
    AgentChoice bare = new AgentChoice(TestSettings.of("RETELL_AGENT_ID", "agent_usual"));
    assertThat(bare.of(Webhooks.inbound())).contains(AgentName.parse("agent_usual@latest").get());
  }

  private Optional<String> chosen(String query, String form) {
    return choice.of(Webhooks.of(query, form)).map(AgentName::toString);
  }
}
