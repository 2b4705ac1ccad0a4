package org.retellbridge.partner.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.partner.twilio.rest.TestTwilio.result;
import static org.retellbridge.partner.twilio.rest.TestTwilio.trouble;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;
import org.retellbridge.partner.twilio.rest.Tasks.Creation;

class TasksTest {
  private static final String SID = "WT" + "0d".repeat(16);
  private static final String OK = RawServer.http(201, "", "{\"sid\":\"" + SID + "\"}");

  @Test
  void createsATaskInTheWorkflow() {
    try (RawServer server = RawServer.answering(OK);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      assertThat(result(twilio.tasks().create("voice", "{\"a\":1}")))
          .isEqualTo(new Creation.Created(SID));

      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0))
          .startsWith("POST /v1/Workspaces/" + TestTwilio.WORKSPACE + "/Tasks ")
          .contains("WorkflowSid=" + TestTwilio.WORKFLOW)
          .contains("TaskChannel=voice")
          .contains("Attributes=%7B%22a%22%3A1%7D");
    }
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(RawServer.refusal(503, 20503), Kind.BROKEN),
        Arguments.of(RawServer.DROP, Kind.CUT),
        Arguments.of(RawServer.stalled(), Kind.TIMED_OUT),
        Arguments.of(RawServer.http(201, "", ""), Kind.GARBLED),
        Arguments.of(
            RawServer.http(201, "", "{\"sid\":\"SM" + "0d".repeat(16) + "\"}"), Kind.GARBLED));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void asksOnceWhenTwilioMayHaveActed(String answer, Kind kind) {
    try (RawServer server = RawServer.answering(answer);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      assertThat(trouble(twilio.tasks().create("voice", "{}"))).isEqualTo(kind);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void asksOnceMoreWhenTwilioWasTooBusy() {
    try (RawServer server = RawServer.answering(RawServer.refusal(429, 20429), OK);
        TestTwilio twilio = TestTwilio.at(server.base())) {
      assertThat(result(twilio.tasks().create("voice", "{}"))).isEqualTo(new Creation.Created(SID));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void saysInWordsWhyTwilioRefused() {
    assertThat(refused(404, 20404)).contains("does not know where");
    assertThat(refused(400, 20001)).contains("did not take the task");
  }

  private static String refused(int status, int code) {
    try (RawServer server = RawServer.answering(RawServer.refusal(status, code));
        TestTwilio twilio = TestTwilio.at(server.base())) {
      return ((Creation.NotCreated) result(twilio.tasks().create("voice", "{}"))).sentence();
    }
  }
}
