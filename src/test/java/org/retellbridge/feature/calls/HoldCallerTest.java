package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.ledger.TestCalls;
import org.retellbridge.foundation.settings.TestSettings;

class HoldCallerTest {
  private static final long NOW = 1_795_000_000;
  private static final String LEAVES = "<Response><Leave/></Response>";

  private final HoldCaller holdCaller = with("PT5M");

  @Test
  void playsAndComesBack() {
    assertThat(next(holdCaller, "since=1794999990", "QueueTime=10"))
        .endsWith(
            "<Response><Play>https://m.example/a.mp3?b=1&amp;c=2</Play><Pause length=\"1\"/>"
                + "<Redirect method=\"POST\">hold?since=1794999990</Redirect></Response>");
  }

  @ParameterizedTest
  @CsvSource({"0,false", "299,false", "300,true", "301,true", "9999999999,true"})
  void letsTheCallerLeaveAtTheLimit(String queueTime, boolean leaves) {
    String answer = next(holdCaller, "since=" + NOW, "QueueTime=" + queueTime);
    assertThat(answer.endsWith(LEAVES)).isEqualTo(leaves);
  }

  /** Twilio need not tell how long: the address knows when the wait began. */
  @ParameterizedTest
  @ValueSource(strings = {"", "QueueTime=", "QueueTime=soon", "QueueTime=-7", "QueueTime=1e3"})
  void goesByTheAddressWhenTwilioDoesNotTell(String form) {
    assertThat(next(holdCaller, "since=" + (NOW - 299), form)).contains("<Play>");
    assertThat(next(holdCaller, "since=" + (NOW - 300), form)).endsWith(LEAVES);
  }

  /** Of no address a wait is without end: the next one tells when it began. */
  @ParameterizedTest
  @ValueSource(strings = {"", "since=", "since=x", "since=-1", "since=1795000060", "a=b"})
  void beginsAWaitWhoseBeginNobodyKnows(String query) {
    assertThat(next(holdCaller, query, ""))
        .contains("<Play>", "<Redirect method=\"POST\">hold?since=" + NOW + "<");
  }

  /** Somebody took the limit away while callers waited. */
  @Test
  void playsForEverWithoutALimit() {
    assertThat(next(with("PT0S"), "since=1", "QueueTime=9999")).contains("<Play>");
  }

  @Test
  void tellsOperatorsOfACallThatNobodyTook() {
    try (Logged logged = Logged.by(HoldCaller.class)) {
      next(holdCaller, "since=1", "QueueTime=1");
      assertThat(logged.lines()).isEmpty();
      next(holdCaller, "since=1", "QueueTime=300");
      assertThat(logged.lines())
          .singleElement()
          .asString()
          .contains("hold callSid=" + Webhooks.SID, "nobody took the call in time");
    }
  }

  /** Who leaves the queue is led on; who got no TwiML would be hung up on. */
  @Test
  void letsTheCallerLeaveWhereTheBridgeItselfFails() {
    Clock broken =
        new Clock() {
          @Override
          public ZoneId getZone() {
            throw new IllegalStateException("a");
          }

          @Override
          public Clock withZone(ZoneId zone) {
            throw new IllegalStateException("a");
          }

          @Override
          public Instant instant() {
            throw new NoClassDefFoundError("a class that the WAR lacks");
          }
        };
    try (Logged logged = Logged.by(HoldCaller.class)) {
      assertThat(next(with("PT5M", broken), "since=1", "")).endsWith(LEAVES);
      assertThat(logged.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("SEVERE hold callSid=" + Webhooks.SID)
                      .contains("fault of the bridge"));
    }
  }

  private static String next(HoldCaller holdCaller, String query, String form) {
    return holdCaller.next(Webhooks.ended(query, form));
  }

  private static HoldCaller with(String limit) {
    return with(limit, Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
  }

  private static HoldCaller with(String limit, Clock clock) {
    return new HoldCaller(
        TestSettings.of("QUEUE_LIMIT", limit, "HOLD_MUSIC_URL", "https://m.example/a.mp3?b=1&c=2"),
        TestCalls.unwritten(),
        clock);
  }
}
