package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.settings.TestSettings;

class PublicUrlsTest {
  @Test
  void putsTheConfiguredUrlFirst() {
    assertThat(configured("https://b.example:8443", FakeRequest.post("/start").query("a=%20")))
        .containsExactly(
            "https://b.example:8443/start?a=%20",
            "https://b.example/start?a=%20", "https://b.example:443/start?a=%20");
  }

  @Test
  void usesThePortOfPlainHttp() {
    assertThat(configured("http://b.example", FakeRequest.post("/start")))
        .containsExactly(
            "http://b.example/start",
            "http://b.example:80/start",
            "http://b.example/start?",
            "http://b.example:80/start?");
  }

  @Test
  void leavesOutThePrefixOfAConfiguredPathOnly() {
    FakeRequest request = FakeRequest.post("/app/start").below("/app");
    assertThat(configured("https://b.example/x", request))
        .containsExactly(
            "https://b.example/x/start",
            "https://b.example:443/x/start",
            "https://b.example/x/start?",
            "https://b.example:443/x/start?");
  }

  @Test
  void keepsAnAddressOfIpv6Whole() {
    Set<String> urls = new LinkedHashSet<>();
    PublicUrls.addPortVariants("http://[::1]/start", urls);
    assertThat(urls).containsExactly("http://[::1]/start", "http://[::1]:80/start");
    urls.clear();
    PublicUrls.addPortVariants("http://[::1]:81/start", urls);
    assertThat(urls)
        .containsExactly("http://[::1]:81/start", "http://[::1]/start", "http://[::1]:80/start");
  }

  @Test
  void takesTheSeenUrlWithoutAConfiguredOne() {
    FakeRequest request = FakeRequest.post("/start").seenAs("http", "Host.Example", 8080);
    assertThat(new PublicUrls(TestSettings.of()).candidates(request.signed()))
        .containsExactly(
            "http://host.example:8080/start",
            "http://host.example/start",
            "http://host.example:80/start",
            "http://host.example:8080/start?",
            "http://host.example/start?",
            "http://host.example:80/start?");
  }

  @Test
  void putsTheForwardedUrlBeforeTheSeenOne() {
    FakeRequest request = FakeRequest.post("/start").header("X-Forwarded-Host", "b.example");
    assertThat(trusting().candidates(request.signed()))
        .startsWith("https://b.example/start")
        .contains("http://10.0.0.7:8080/start");
  }

  @Test
  void fallsBackToTheSeenUrlWhenTheProxySaysNothing() {
    assertThat(trusting().candidates(FakeRequest.post("/start").signed()))
        .contains("http://10.0.0.7:8080/start")
        .noneMatch(url -> url.startsWith("https:"));
  }

  @Test
  void showsAnOperatorWhatItChecksWithoutQueryAndMadeUpHosts() {
    FakeRequest request =
        FakeRequest.post("/start")
            .query("From=%2B61491570006")
            .seenAs("http", "evil.example", 8080)
            .header("X-Forwarded-Host", "evil.example");
    assertThat(
            new PublicUrls(TestSettings.of("PUBLIC_BASE_URL", "https://b.example/x/"))
                .shown(request.signed()))
        .isEqualTo("https://b.example/x/start");
    assertThat(trusting().shown(request.signed())).contains("forwarded").doesNotContain("evil");
    assertThat(new PublicUrls(TestSettings.of()).shown(request.signed()))
        .contains("PUBLIC_BASE_URL")
        .doesNotContain("evil");
  }

  /** Below a context root: what was accepted is where the addresses that are given out lead. */
  @ParameterizedTest
  @CsvSource({
    "https://b.example,https://b.example",
    "https://b.example,https://b.example/telephony",
    "https://b.example:8443,https://b.example:8443/telephony",
    "https://b.example/voice,https://b.example/voice",
    "https://b.example/telephony,https://b.example/telephony"
  })
  void givesOutTheAddressUnderWhichItWasCalled(String configured, String called) {
    PublicUrls urls = new PublicUrls(TestSettings.of("PUBLIC_BASE_URL", configured));
    SignedRequest start = request("/start").query("a=/telephony/start").signed();
    String signed = called + "/start?a=/telephony/start";
    assertThat(urls.candidates(start)).contains(signed);

    urls.genuine(start, signed);

    assertThat(urls.base(request("/redirect").signed())).isEqualTo(called);
    assertThat(urls.own()).hasValue(called);
    assertThat(urls.shown(start)).isEqualTo(called + "/start");
    assertThat(urls.candidates(request("/dial_ended").signed())).startsWith(called + "/dial_ended");
  }

  @Test
  void learnsAnewWhenTheProxyChanges() {
    PublicUrls urls = new PublicUrls(TestSettings.of("PUBLIC_BASE_URL", "https://b.example"));
    SignedRequest start = request("/start").signed();
    assertThat(urls.own()).hasValue("https://b.example");

    urls.genuine(start, "https://b.example:443/telephony/start");
    assertThat(urls.own()).hasValue("https://b.example/telephony");

    assertThat(urls.candidates(start)).contains("https://b.example/start");
    urls.genuine(start, "https://b.example/start");
    assertThat(urls.own()).hasValue("https://b.example");
  }

  @Test
  void knowsNoAddressOfItsOwnWithoutAConfiguredOne() {
    PublicUrls urls = new PublicUrls(TestSettings.of());
    SignedRequest start = request("/start").signed();
    urls.genuine(start, "http://10.0.0.7:8080/telephony/start");

    assertThat(urls.own()).isEmpty();
    assertThat(urls.base(start)).isEqualTo("http://10.0.0.7:8080/telephony");
  }

  @Test
  void tellsOperatorsWhatIsTakenForGrantedAndWhatWasSeen() {
    try (Logged log = Logged.by(PublicUrls.class)) {
      PublicUrls urls = new PublicUrls(TestSettings.of("PUBLIC_BASE_URL", "https://b.example"));
      urls.standsAt("");
      urls.genuine(FakeRequest.post("/start").signed(), "https://b.example/start");
      new PublicUrls(TestSettings.of()).standsAt("/telephony");
      new PublicUrls(TestSettings.of("PUBLIC_BASE_URL", "https://b.example/x"))
          .standsAt("/telephony");
      assertThat(log.lines()).isEmpty();

      urls.standsAt("/telephony");
      urls.genuine(request("/start").signed(), "https://b.example/telephony/start");
      urls.genuine(request("/start").signed(), "https://b.example/telephony/start");
      assertThat(log.lines())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("https://b.example/telephony"));
      assertThat(log.lines().get(0)).startsWith("INFO");
      assertThat(log.lines().get(1)).startsWith("WARNING");
    }
  }

  private static FakeRequest request(String path) {
    return FakeRequest.post("/telephony" + path).below("/telephony");
  }

  private static PublicUrls trusting() {
    return new PublicUrls(TestSettings.of("TRUST_FORWARDED_HEADERS", "true"));
  }

  private static Set<String> configured(String base, FakeRequest request) {
    return new PublicUrls(TestSettings.of("PUBLIC_BASE_URL", base)).candidates(request.signed());
  }
}
