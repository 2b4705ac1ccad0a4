package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
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
        .containsExactly("http://b.example/start", "http://b.example:80/start");
  }

  @Test
  void leavesOutThePrefixOfAConfiguredPathOnly() {
    FakeRequest request = FakeRequest.post("/app/start").below("/app");
    assertThat(configured("https://b.example/x", request))
        .containsExactly("https://b.example/x/start", "https://b.example:443/x/start");
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
            "http://host.example:80/start");
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

  private static PublicUrls trusting() {
    return new PublicUrls(TestSettings.of("TRUST_FORWARDED_HEADERS", "true"));
  }

  private static Set<String> configured(String base, FakeRequest request) {
    return new PublicUrls(TestSettings.of("PUBLIC_BASE_URL", base)).candidates(request.signed());
  }
}
