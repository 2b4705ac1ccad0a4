package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedTest {
  private final FakeRequest request = FakeRequest.post("/start").seenAs("http", "seen.example", 80);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proto=https;host=b.example",
        "for=1.2.3.4;host=\"b.example\";proto=\"https\"",
        "For=\"[2001:db8::1]:47011\"; Proto=HTTPS; Host=B.Example; by=10.0.0.1",
        "host=b.example;proto=https, host=inner.example;proto=http"
      })
  void readsTheStandardHeader(String header) {
    assertThat(base(request.header("Forwarded", header))).contains("https://b.example");
  }

  @Test
  void keepsThePortOfTheStandardHeader() {
    assertThat(base(request.header("Forwarded", "proto=https;host=\"b.example:8443\"")))
        .contains("https://b.example:8443");
  }

  @Test
  void prefersTheStandardHeader() {
    request.header("Forwarded", "proto=https;host=b.example").header("X-Forwarded-Host", "x");
    assertThat(base(request)).contains("https://b.example");
  }

  @Test
  void readsTheUsualHeaders() {
    request
        .header("X-Forwarded-Proto", "http")
        .header("X-Forwarded-Host", "B.example")
        .header("X-Forwarded-Port", "8080")
        .header("X-Forwarded-Prefix", "/Retell/");
    assertThat(base(request)).contains("http://b.example:8080/Retell");
  }

  @Test
  void takesTheFirstOfEachList() {
    request
        .header("X-Forwarded-Proto", "https, http")
        .header("X-Forwarded-Host", "b.example , inner.example");
    assertThat(base(request)).contains("https://b.example");
  }

  @Test
  void takesHttpsWhenTheSchemeIsNotTold() {
    assertThat(base(request.header("X-Forwarded-Host", "b.example"))).contains("https://b.example");
  }

  @Test
  void leavesThePortThatTheHostNames() {
    request.header("X-Forwarded-Host", "b.example:8443").header("X-Forwarded-Port", "443");
    assertThat(base(request)).contains("https://b.example:8443");
  }

  @Test
  void leavesOutAPortAndAPrefixThatAreNone() {
    request
        .header("X-Forwarded-Host", "b.example")
        .header("X-Forwarded-Port", "none")
        .header("X-Forwarded-Prefix", "evil");
    assertThat(base(request)).contains("https://b.example");
  }

  /** As balancers do that hand the Host header on, such as AWS's. */
  @Test
  void keepsTheSeenHostWhenOnlyTheSchemeIsTold() {
    request.header("X-Forwarded-Proto", "https").header("X-Forwarded-Port", "443");
    assertThat(base(request)).contains("https://seen.example:443");
  }

  @Test
  void keepsTheSeenHostWhenTheStandardHeaderTellsOnlyTheScheme() {
    assertThat(base(request.header("Forwarded", "for=1.2.3.4;proto=https")))
        .contains("https://seen.example");
  }

  @Test
  void saysNothingWhenTheProxySaysNothing() {
    assertThat(base(request)).isEmpty();
    assertThat(base(request.header("Forwarded", "for=1.2.3.4"))).isEmpty();
  }

  @Test
  void believesNoHeaderThatStandsThereTwice() {
    request.header("X-Forwarded-Host", "b.example").header("X-Forwarded-Host", "c.example");
    assertThat(base(request)).isEmpty();
  }

  private static Optional<String> base(FakeRequest request) {
    return Forwarded.base(request.signed());
  }
}
