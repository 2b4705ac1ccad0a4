package org.retellbridge.partner.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.partner.twilio.rest.TestTwilio.result;
import static org.retellbridge.partner.twilio.rest.TestTwilio.trouble;

import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.partner.twilio.rest.Messages.Sending;

class MessagesTest {
  private static final PhoneNumber TO = new PhoneNumber("+61491570006");
  private static final String FROM = "+61255500000";
  private static final String SID = "SM" + "0a".repeat(16);
  private static final String OK = RawServer.http(201, "", "{\"sid\":\"" + SID + "\"}");
  private static final String BUSY = RawServer.http(429, "", "{\"code\":20429,\"status\":429}");

  @Test
  void sendsFromTheNumber() {
    try (RawServer server = RawServer.answering(OK);
        TestTwilio twilio = TestTwilio.at(server.base(), "SMS_FROM_NUMBER", FROM)) {
      assertThat(result(twilio.messages().send(TO, "Hi é"))).isEqualTo(new Sending.Sent(SID));

      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0))
          .startsWith("POST /2010-04-01/Accounts/" + TestTwilio.ACCOUNT + "/Messages.json ")
          .contains("To=%2B61491570006")
          .contains("From=%2B61255500000")
          .contains("Body=Hi+%C3%A9")
          .doesNotContain("MessagingServiceSid")
          .contains(basic(TestTwilio.ACCOUNT, TestSettings.TOKEN));
    }
  }

  @Test
  void sendsFromASenderId() {
    try (RawServer server = RawServer.answering(OK);
        TestTwilio twilio = TestTwilio.at(server.base(), "SMS_FROM_NUMBER", "Pizza & Co")) {
      result(twilio.messages().send(TO, "Hi"));

      assertThat(server.requests().get(0)).contains("From=Pizza+%26+Co");
    }
  }

  @Test
  void sendsByTheMessagingService() {
    try (RawServer server = RawServer.answering(OK);
        TestTwilio twilio =
            TestTwilio.at(server.base(), "SMS_MESSAGING_SERVICE_SID", TestTwilio.SERVICE)) {
      result(twilio.messages().send(TO, "Hi"));

      assertThat(server.requests().get(0))
          .contains("MessagingServiceSid=" + TestTwilio.SERVICE)
          .doesNotContain("From=");
    }
  }

  @Test
  void prefersTheApiKeyAndElseTakesTheFirstToken() {
    String key = "SK" + "1b".repeat(16);
    try (RawServer server = RawServer.answering(OK);
        TestTwilio byKey =
            TestTwilio.at(
                server.base(),
                "SMS_FROM_NUMBER",
                FROM,
                "TWILIO_API_KEY_SID",
                key,
                "TWILIO_API_KEY_SECRET",
                "hush");
        TestTwilio byToken =
            TestTwilio.at(
                server.base(), "SMS_FROM_NUMBER", FROM, "AUTH_TOKEN", "first-token,second-token")) {
      result(byKey.messages().send(TO, "Hi"));
      result(byToken.messages().send(TO, "Hi"));

      assertThat(server.requests().get(0))
          .contains("/Accounts/" + TestTwilio.ACCOUNT + "/")
          .contains(basic(key, "hush"));
      assertThat(server.requests().get(1)).contains(basic(TestTwilio.ACCOUNT, "first-token"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", " ", ""})
  void neverSendsAMessageWithoutText(String text) {
    try (RawServer server = RawServer.answering(OK);
        TestTwilio twilio = TestTwilio.at(server.base(), "SMS_FROM_NUMBER", FROM)) {
      assertThat(result(twilio.messages().send(TO, text)))
          .isEqualTo(new Sending.NotSent("code 21602", "There is no text to send."));
      assertThat(server.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "21211,cannot receive",
    "21604,no number",
    "21408,country",
    "21610,unsubscribed",
    "21612,cannot be reached",
    "21614,not a mobile phone",
    "21635,not a mobile phone",
    "21606,sent from",
    "21608,verified",
    "21617,too long",
    "20003,access",
    "29999,did not take the text message"
  })
  void saysInWordsWhyTwilioRefused(int code, String words) {
    try (RawServer server = RawServer.answering(RawServer.refusal(400, code));
        TestTwilio twilio = TestTwilio.at(server.base(), "SMS_FROM_NUMBER", FROM)) {
      Sending sending = result(twilio.messages().send(TO, "Hi"));

      assertThat(((Sending.NotSent) sending).sentence()).contains(words).endsWith(".");
      assertThat(server.requests()).hasSize(1);
    }
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(RawServer.refusal(503, 20503), Kind.BROKEN),
        Arguments.of(RawServer.http(500, "", ""), Kind.BROKEN),
        Arguments.of(RawServer.DROP, Kind.CUT),
        Arguments.of(RawServer.stalled(), Kind.TIMED_OUT),
        Arguments.of(RawServer.SILENCE, Kind.TIMED_OUT),
        Arguments.of(RawServer.http(201, "", ""), Kind.GARBLED),
        Arguments.of(RawServer.http(201, "", "{}"), Kind.GARBLED),
        Arguments.of(RawServer.http(201, "", "{\"sid\":\"../x\"}"), Kind.GARBLED));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void sendsOnceWhenTwilioMayHaveActed(String answer, Kind kind) {
    try (RawServer server = RawServer.answering(answer);
        TestTwilio twilio = TestTwilio.at(server.base(), "SMS_FROM_NUMBER", FROM)) {
      assertThat(trouble(twilio.messages().send(TO, "Hi"))).isEqualTo(kind);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void asksOnceMoreWhenTwilioWasTooBusy() {
    try (RawServer server = RawServer.answering(BUSY, OK);
        TestTwilio twilio = TestTwilio.at(server.base(), "SMS_FROM_NUMBER", FROM)) {
      assertThat(result(twilio.messages().send(TO, "Hi"))).isEqualTo(new Sending.Sent(SID));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void doesNotWaitForLongerThanAnybodyListens() {
    try (RawServer server = RawServer.answering(RawServer.http(429, "Retry-After: 60", ""), OK);
        TestTwilio twilio = TestTwilio.at(server.base(), "SMS_FROM_NUMBER", FROM)) {
      long start = System.nanoTime();
      assertThat(trouble(twilio.messages().send(TO, "Hi"))).isEqualTo(Kind.BUSY);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(4_000));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void saysWhenNobodyAnswersAtAll() {
    try (TestTwilio twilio = TestTwilio.at(RawServer.nobody(), "SMS_FROM_NUMBER", FROM)) {
      assertThat(trouble(twilio.messages().send(TO, "Hi"))).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void refusesWhenAllThreadsWait() {
    try (RawServer server = RawServer.answering(RawServer.SILENCE);
        TestTwilio twilio = TestTwilio.with(1, server.base(), "SMS_FROM_NUMBER", FROM)) {
      CompletionStage<Sending> first = twilio.messages().send(TO, "Hi");

      assertThat(trouble(twilio.messages().send(TO, "Hi"))).isEqualTo(Kind.CROWDED);
      assertThat(trouble(first)).isEqualTo(Kind.TIMED_OUT);
      assertThat(server.requests()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void logsCodeAndRequestIdAndNobodysNumber() {
    try (RawServer server = RawServer.answering(RawServer.refusal(401, 20003));
        TestTwilio twilio = TestTwilio.at(server.base(), "SMS_FROM_NUMBER", FROM);
        Logged log = Logged.by(TwilioRest.class)) {
      result(twilio.messages().send(TO, "secret words"));

      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("SEVERE twilio refused a message: code 20003 (HTTP 401) request RQ1")
          .contains("ACCOUNT_SID")
          .doesNotContain("61491570006", "secret words", TestSettings.TOKEN);
    }
  }

  private static String basic(String user, String password) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes());
  }
}
