package org.retellbridge.feature.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.ledger.TestEvents;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.retell.events.CallEvent;

class LifecycleTest {
  private static final String LOST = "bridge_ledger_degraded_total{what=\"retell_event\"} ";

  private final Metrics metrics = new Metrics();
  private final Lifecycle lifecycle =
      new Lifecycle(TestEvents.refused(), null, null, null, metrics);

  @Test
  void countsWhatItCouldNotKeep() {
    assertThat(metrics.scrape()).contains(LOST + "0.0");
    assertThat(take("call_started")).isFalse();
    assertThat(take("call_ended")).isFalse();
    assertThat(metrics.scrape()).contains(LOST + "2.0");
  }

  @Test
  void saysWhichCallsEventIsLost() {
    String sid = "CA" + "1".repeat(32);
    try (Logged log = Logged.by(Lifecycle.class)) {
      take("call_started");
      take("call_started", ",\"metadata\":{\"twilio_call_sid\":\"" + sid + "\"}");
      assertThat(log.lines())
          .hasSize(2)
          .allMatch(line -> line.startsWith("WARNING retell event call_started callSid="))
          .anyMatch(line -> line.contains("callSid=- callId=call_1: not kept"))
          .anyMatch(line -> line.contains("callSid=" + sid + " callId=call_1: not kept"));
    }
  }

  /** It would stand in the place of what the ledger has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"call_analysis\":null",
        ",\"call_analysis\":{}",
        ",\"call_analysis\":\"none\""
      })
  void handsNoAnalysisOnWhereThereIsNone(String more) {
    assertThat(Lifecycle.news(event("call_analyzed", more)).analysis()).isEmpty();
  }

  @Test
  void handsOnWhatTheAnalysisFound() {
    String analysis = "{\"call_summary\":\"a table for two\"}";
    String more = ",\"call_analysis\":" + analysis;
    assertThat(Lifecycle.news(event("call_analyzed", more)).analysis()).hasValue(analysis);
    assertThat(Lifecycle.news(event("call_ended", more)).analysis()).isEmpty();
  }

  @Test
  void handsOnForWhichCallItWasRegistered() {
    String sid = "CA" + "0".repeat(31) + "1";
    String more = ",\"metadata\":{\"twilio_call_sid\":\"" + sid + "\"}";
    assertThat(Lifecycle.news(event("call_ended", more)).leg()).hasValue(new CallSid(sid));
  }

  private boolean take(String event) {
    return take(event, "");
  }

  private boolean take(String event, String more) {
    return lifecycle.take(event(event, more)).toCompletableFuture().join();
  }

  private static CallEvent event(String event, String more) {
    String body = "{\"event\":\"" + event + "\",\"call\":{\"call_id\":\"call_1\"" + more + "}}";
    return CallEvent.parse(body.getBytes(UTF_8)).orElseThrow();
  }
}
