package org.retellbridge.feature.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.partner.retell.events.CallEvent;

class RetellErrorsTest {
  private final Metrics metrics = new Metrics();
  private final RetellErrors errors = new RetellErrors(metrics);

  @Test
  void countsByWhatRetellSays() {
    count("call_ended", "error_llm_websocket_open");
    count("call_ended", "error_llm_websocket_open");
    assertThat(counted()).containsExactly("reason=\"error_llm_websocket_open\"} 2.0");
  }

  /** Retell's words come from outside: each new one would be a series of its own. */
  @Test
  void countsErrorsThatAreNewAsOthers() {
    count("call_ended", "error_brand_new");
    count("call_ended", "error_61400000001");
    assertThat(counted()).containsExactly("reason=\"other\"} 2.0");
  }

  @Test
  void countsNoCallThatEndedAsCallsDoAndNoneTwice() {
    count("call_ended", "user_hangup");
    count("call_ended", "agent_hangup");
    count("call_analyzed", "error_retell");
    count("call_started", "error_retell");
    assertThat(counted()).isEmpty();
    assertThat(metrics.scrape()).contains("reason=\"error_retell\"} 0.0");
  }

  private List<String> counted() {
    String name = "bridge_retell_errors_total{";
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name) && !line.endsWith(" 0.0"))
        .map(line -> line.substring(name.length()))
        .toList();
  }

  private void count(String event, String reason) {
    String body =
        "{\"event\":\""
            + event
            + "\",\"call\":{\"call_id\":\"call_1\",\"disconnection_reason\":\""
            + reason
            + "\"}}";
    errors.count(CallEvent.parse(body.getBytes(UTF_8)).orElseThrow());
  }
}
