package org.retellbridge.partner.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retellbridge.partner.twilio.rest.TestTwilio.result;
import static org.retellbridge.partner.twilio.rest.TestTwilio.trouble;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.rest.LiveCalls.Move;

class LiveCallsTest {
  private static final CallSid CALL = new CallSid("CA" + "0c".repeat(16));
  private static final String TWIML = "<Response><Hangup/></Response>";
  private static final String OK = RawServer.http(200, "", "{\"sid\":\"" + CALL + "\"}");

  @Test
  void givesTheCallNewTwiml() {
    try (RawServer server = RawServer.answering(OK);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      assertThat(result(twilio.calls().move(CALL, TWIML, () -> true)))
          .isInstanceOf(Move.Moved.class);

      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0))
          .startsWith(
              "POST /2010-04-01/Accounts/" + TestTwilio.ACCOUNT + "/Calls/" + CALL + ".json ")
          .endsWith("\r\n\r\nTwiml=%3CResponse%3E%3CHangup%2F%3E%3C%2FResponse%3E");
    }
  }

  @ParameterizedTest
  @CsvSource({"400,21220", "404,20404", "404,0"})
  void saysThatTheCallIsOver(int status, int code) {
    assertThat(move(RawServer.refusal(status, code))).isInstanceOf(Move.CallOver.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400,32018,too much",
    "401,20003,access",
    "400,21218,did not let",
    "302,0,did not let"
  })
  void saysInWordsWhyTwilioRefused(int status, int code, String words) {
    assertThat(((Move.Refused) move(RawServer.refusal(status, code))).sentence()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"503", "429", "drop"})
  void asksOnceMoreAndNoMore(String trouble) {
    String answer =
        trouble.equals("drop")
            ? RawServer.DROP
            : RawServer.http(Integer.parseInt(trouble), "", "{}");
    try (RawServer server = RawServer.answering(answer, OK);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      assertThat(result(twilio.calls().move(CALL, TWIML, () -> true)))
          .isInstanceOf(Move.Moved.class);
      assertThat(server.requests()).hasSize(2);
    }
    try (RawServer server = RawServer.answering(answer);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      trouble(twilio.calls().move(CALL, TWIML, () -> true));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stalled", "silent", "empty"})
  void asksOnceWhenTheTimeIsUpOrTwilioSaidYes(String trouble) {
    String answer =
        switch (trouble) {
          case "stalled" -> RawServer.stalled();
          case "silent" -> RawServer.SILENCE;
          default -> RawServer.http(200, "", "");
        };
    try (RawServer server = RawServer.answering(answer, OK);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      assertThat(trouble(twilio.calls().move(CALL, TWIML, () -> true)))
          .isEqualTo(trouble.equals("empty") ? Kind.GARBLED : Kind.TIMED_OUT);
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** A second move would take the caller away from whoever has him. */
  @Test
  void asksNoMoreOnceTheCallIsNotToBeMovedAnyMore() {
    AtomicInteger looked = new AtomicInteger();
    try (RawServer server = RawServer.answering(RawServer.http(503, "", "{}"), OK);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      assertThat(result(twilio.calls().move(CALL, TWIML, () -> looked.incrementAndGet() == 1)))
          .isInstanceOf(Move.Withdrawn.class);
      assertThat(looked).hasValue(2);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void knowsHowMuchTwimlTwilioTakes() {
    assertThat(LiveCalls.fits("x".repeat(4000))).isTrue();
    assertThat(LiveCalls.fits("x".repeat(4001))).isFalse();
    assertThat(LiveCalls.fits("é".repeat(2000))).isTrue();
    assertThat(LiveCalls.fits("é".repeat(2001))).isFalse();
    try (TestTwilio twilio = TestTwilio.at(RawServer.nobody())) {
      assertThatThrownBy(() -> twilio.calls().move(CALL, "x".repeat(4001), () -> true))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Move move(String answer) {
    try (RawServer server = RawServer.answering(answer);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      Move move = result(twilio.calls().move(CALL, TWIML, () -> true));
      assertThat(server.requests()).hasSize(1);
      return move;
    }
  }
}
