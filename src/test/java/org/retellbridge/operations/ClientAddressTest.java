package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.webhooks.FakeRequest;

class ClientAddressTest {
  private static final String HEADER = "X-Forwarded-For";

  private final ClientAddress trusting =
      new ClientAddress(TestSettings.of("TRUST_FORWARDED_HEADERS", "true"));

  @ParameterizedTest
  @CsvSource({
    "198.51.100.9, 198.51.100.9",
    "'203.0.113.1, 198.51.100.9', 198.51.100.9",
    "'203.0.113.1,198.51.100.9 ', 198.51.100.9",
    "198.51.100.9:50123, 198.51.100.9",
    "2001:db8:1:2:3:4:5:6, 20:01:0d:b8:00:01:00:02",
    "[2001:db8:1:2:3:4:5:6]:50123, 20:01:0d:b8:00:01:00:02",
    "2001:db8::1, 20:01:0d:b8:00:00:00:00",
    "2001:db8::1:2:3:4, 20:01:0d:b8:00:00:00:00",
    "2001:DB8::9:2:3:4, 20:01:0d:b8:00:00:00:00",
    "::ffff:198.51.100.9, ::ffff:198.51.100.9",
    "fe80::1%eth0, fe80::1%eth0",
    ":a:b:c:, :a:b:c:",
    "'', 192.0.2.7",
    "'203.0.113.1,', 192.0.2.7"
  })
  void takesTheLastValue(String line, String address) {
    assertThat(trusting.of(FakeRequest.post("/console/login").header(HEADER, line).signed()))
        .isEqualTo(address);
  }

  /** The first line is the client's own, and could be another one for each guess. */
  @Test
  void takesTheLineThatTheProxyAdded() {
    assertThat(
            trusting.of(
                FakeRequest.post("/console/login")
                    .header(HEADER, "203.0.113.1")
                    .header(HEADER, "203.0.113.2, 198.51.100.9")
                    .signed()))
        .isEqualTo("198.51.100.9");
  }

  @Test
  void takesWhatTheServerSeesOtherwise() {
    assertThat(trusting.of(FakeRequest.post("/console/login").signed()))
        .isEqualTo(FakeRequest.REMOTE);
    assertThat(new ClientAddress(TestSettings.of()).of(FakeRequest.post("/console/login").signed()))
        .isEqualTo(FakeRequest.REMOTE);
  }

  /** A stranger behind it makes nobody wait who asks on the machine itself. */
  @ParameterizedTest
  @CsvSource({"X-Forwarded-For, 203.0.113.1", "X-Forwarded-For, ''", "Forwarded, for=203.0.113.1"})
  void tellsWhatComesThroughAProxyFromWhatDoesNot(String header, String value) {
    assertThat(
            new ClientAddress(TestSettings.of())
                .of(FakeRequest.post("/console/login").header(header, value).signed()))
        .isEqualTo(FakeRequest.REMOTE + " (a proxy)");
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.9, 198.51.100.x",
    "198.51.100.9 (a proxy), 198.51.100.x (a proxy)",
    "20:01:0d:b8:00:01:00:02, 2001:0db8:0001:…",
    "fe80::1%eth0, …",
    "Mia, …"
  })
  void showsTheNetworkAlone(String address, String shown) {
    assertThat(ClientAddress.shown(address)).isEqualTo(shown);
  }
}
