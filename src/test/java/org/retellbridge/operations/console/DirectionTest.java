package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.ledger.History.Story;
import org.retellbridge.foundation.ledger.Moment;
import org.retellbridge.foundation.ledger.PhoneCall;

class DirectionTest {
  private static final String SID = "CA00000000000000000000000000000001";

  @Test
  void isWhatTwilioSaidOfItsCalls() {
    assertThat(Direction.of(story(SID, true, "{\"direction\":\"inbound\"}"))).hasValue("outbound");
    assertThat(Direction.of(story(SID, false))).hasValue("inbound");
  }

  @Test
  void isWhatRetellSaidOfItsOwn() {
    String outbound = "{\"call_type\":\"phone_call\",\"direction\":\"outbound\"}";
    assertThat(Direction.of(story("call_1", false, "{}", outbound))).hasValue("outbound");
    assertThat(Direction.of(story("call_1", false, "{\"direction\":\"inbound\"}")))
        .hasValue("inbound");
    assertThat(Direction.of(story("call_1", false, "{\"call_type\":\"web_call\"}")))
        .hasValue("web");
  }

  @Test
  void isNotGuessed() {
    assertThat(Direction.of(story("call_1", false))).isEmpty();
    assertThat(Direction.of(story("call_1", false, "{\"direction\":\"<b>\"}", "no JSON")))
        .isEmpty();
  }

  private static Story story(String key, boolean outbound, String... events) {
    return new Story(
        new PhoneCall(
            key,
            Optional.empty(),
            "",
            outbound,
            "-",
            "-",
            PhoneCall.Stage.AGENT,
            "",
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.empty()),
        Stream.of(events).map(DirectionTest::event).toList());
  }

  private static Moment event(String fields) {
    return new Moment(
        Instant.EPOCH,
        Moment.Kind.VENDOR_EVENT,
        "call_started",
        Optional.empty(),
        Map.of("fields", fields));
  }
}
