package org.retellbridge.partner.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.resilience.VendorFailure;
import org.retellbridge.harness.SelfSigned;

/** Each answer of Twilio's, and how often it was asked for. */
class TwilioTransportTest {
  private static final Duration DEADLINE = Duration.ofMillis(2_000);
  private static final String PATH = "/2010-04-01/Accounts/AC1/Messages.json";

  @TempDir Path folder;

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  @Test
  void carriesFormAndCredentialsAndBringsTheAnswerBack() {
    try (RawServer server = RawServer.answering(RawServer.http(201, "A: b", "{\"sid\":\"x\"}"))) {
      Response answer = transport(server.base()).reliableRequest(post("api"));

      assertThat(answer.getStatusCode()).isEqualTo(201);
      assertThat(answer.getContent()).isEqualTo("{\"sid\":\"x\"}");
      assertThat(answer.getHeaders())
          .anySatisfy(header -> assertThat(header.getName()).isEqualToIgnoringCase("a"));
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0))
          .startsWith("POST " + PATH + " HTTP/1.1\r\n")
          .contains("Authorization: Basic dXNlcjpzZWNyZXQ=")
          .contains("Content-Type: application/x-www-form-urlencoded")
          .doesNotContain("Upgrade")
          .endsWith("\r\n\r\nBody=a%2Bb+%C3%A9");
    }
  }

  @Test
  void neverSendsAgainThoughTheSdkAsksForIt() {
    try (RawServer server = RawServer.answering(RawServer.http(503, "", "{}"))) {
      assertThatThrownBy(
              () -> transport(server.base()).reliableRequest(post("api"), new int[] {503}, 5, 10L))
          .isInstanceOf(VendorFailure.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"400,21211", "401,20003", "404,20404", "403,0", "302,0", "301,21211"})
  void saysThatTwilioRefused(int status, int code) {
    String answer =
        code == 0
            ? RawServer.http(status, "Location: http://127.0.0.1:1/elsewhere", "<html>")
            : RawServer.refusal(status, code);
    try (RawServer server = RawServer.answering(answer)) {
      TwilioRefusal refusal = (TwilioRefusal) failure(server.base());

      assertThat(refusal.status()).isEqualTo(status);
      assertThat(refusal.code()).isEqualTo(code);
      assertThat(refusal.getMessage()).doesNotContain("61491570006");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"code\":20429,\"status\":429}", "<html>", ""})
  void saysThatTwilioIsBusyAndForHowLong(String body) {
    try (RawServer server = RawServer.answering(RawServer.http(429, "Retry-After: 7", body))) {
      VendorFailure failure = (VendorFailure) failure(server.base());

      assertThat(failure.kind()).isEqualTo(VendorFailure.Kind.BUSY);
      assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(7));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void knowsTooManyRequestsByItsCodeToo() {
    assertKind(RawServer.refusal(400, 20429), VendorFailure.Kind.BUSY);
  }

  @Test
  void saysThatTwilioIsBroken() {
    assertKind(RawServer.refusal(503, 20503), VendorFailure.Kind.BROKEN);
    assertKind(RawServer.http(500, "", ""), VendorFailure.Kind.BROKEN);
    assertKind(RawServer.http(502, "", "<html>Bad Gateway"), VendorFailure.Kind.BROKEN);
  }

  @Test
  void doesNotTakeASuccessWithoutAResourceForOne() {
    assertKind(RawServer.http(201, "", ""), VendorFailure.Kind.GARBLED);
    assertKind(RawServer.http(200, "", "<html>Maintenance"), VendorFailure.Kind.GARBLED);
    assertKind(RawServer.http(200, "", "[]"), VendorFailure.Kind.GARBLED);
    assertKind("HTTP/1.1 204 X\r\n\r\n", VendorFailure.Kind.GARBLED);
  }

  @Test
  void givesUpOnABodyThatStalls() {
    long start = System.nanoTime();
    assertKind(RawServer.stalled(), VendorFailure.Kind.TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  /** Within the deadline alone some gigabytes would come from a near server. */
  @Test
  void cutsOffAnAnswerThatDoesNotEnd() {
    try (RawServer server = RawServer.answering(RawServer.ENDLESS)) {
      VendorFailure failure = (VendorFailure) failure(server.base());

      assertThat(failure.kind()).isEqualTo(VendorFailure.Kind.GARBLED);
      assertThat(server.awaitGone()).isTrue();
    }
  }

  @Test
  void takesAnAnswerOfTheLargestSize() {
    String text = "{\"a\":\"" + "x".repeat(CappedText.MAX_BYTES - 8) + "\"}";
    try (RawServer server = RawServer.answering(RawServer.http(200, "", text))) {
      assertThat(transport(server.base()).makeRequest(post("api")).getContent()).isEqualTo(text);
    }
    assertKind(RawServer.http(200, "", text + " "), VendorFailure.Kind.GARBLED);
  }

  @Test
  void givesUpOnSilence() {
    assertKind(RawServer.SILENCE, VendorFailure.Kind.TIMED_OUT);
  }

  @Test
  void tellsADroppedConnectionFromARefusedOne() {
    try (RawServer server = RawServer.answering(RawServer.DROP)) {
      Throwable dropped = failure(server.base());
      assertThat(dropped).hasCauseInstanceOf(java.io.IOException.class);
      assertThat(dropped.getCause()).isNotInstanceOf(ConnectException.class);
      assertThat(server.requests()).hasSize(1);
    }
    Throwable refused = failure(RawServer.nobody());
    assertThat(refused).hasCauseInstanceOf(ConnectException.class);
    assertThat(VendorFailure.behind("twilio", refused).why()).startsWith("no connection");
  }

  /** Nothing was sent: an SMS or a task may be asked for again, and nobody need look it up. */
  @Test
  void knowsThatNothingWasSentWhereTheCertificateIsNotTrusted() throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.start();
    try {
      URI base = URI.create("https://localhost:" + server.getAddress().getPort());
      VendorFailure failure = VendorFailure.behind("twilio", failure(base));

      assertThat(failure.kind()).isEqualTo(VendorFailure.Kind.UNREACHABLE);
      assertThat(failure.why()).isEqualTo("certificate not trusted");
      assertThat(failure.mayHaveActed()).isFalse();
    } finally {
      server.stop(0);
    }
  }

  private SSLContext tls() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(
        SelfSigned.in(folder.resolve("twilio.p12")).keys(), SelfSigned.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void findsTheProductOfARegionalHost() {
    try (RawServer server = RawServer.answering(RawServer.http(200, "", "{}"))) {
      Request regional = post("api");
      regional.setRegion("ie1");
      regional.setEdge("dublin");
      assertThat(regional.constructURL().getHost()).isEqualTo("api.dublin.ie1.twilio.com");

      transport(server.base()).makeRequest(regional);

      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void sendsNothingToAPlaceThatNobodyNamed() {
    assertThatThrownBy(() -> transport(RawServer.nobody()).makeRequest(post("lookups")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lookups.twilio.com");
  }

  @Test
  void sendsFormsOnly() {
    Request json = post("api");
    json.setContentType(EnumConstants.ContentType.JSON);
    assertThatThrownBy(() -> transport(RawServer.nobody()).makeRequest(json))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertKind(String answer, VendorFailure.Kind kind) {
    try (RawServer server = RawServer.answering(answer)) {
      assertThat(((VendorFailure) failure(server.base())).kind()).isEqualTo(kind);
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static Throwable failure(URI base) {
    return catchThrowable(() -> transport(base).reliableRequest(post("api")));
  }

  private static TwilioTransport transport(URI base) {
    return new TwilioTransport(HTTP, Map.of("api", base), DEADLINE);
  }

  private static Request post(String product) {
    Request request = new Request(HttpMethod.POST, product, PATH);
    request.setAuth("user", "secret");
    request.addPostParam("Body", "a+b é");
    request.setContentType(EnumConstants.ContentType.FORM_URLENCODED);
    return request;
  }
}
