package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.switches.AgentSwitches;
import org.retellbridge.foundation.switches.Draining;
import org.retellbridge.foundation.switches.MemoryBoard;

class SwitchMetersTest {
  private static final Clock MONDAY_NOON =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private final Metrics metrics = new Metrics();

  /** On a line without a call nothing else would tell that somebody forgot them. */
  @Test
  void showsWhatIsSwitchedBeforeAnyCall() {
    AgentSwitches agent =
        new MemoryBoard().agentHere(TestSettings.of("AI_HOURS", "Mo 08:00-13:00 UTC"));
    Draining draining = MemoryBoard.draining();
    new SwitchMeters(agent, draining, metrics, MONDAY_NOON).start(this);
    assertThat(metrics.scrape())
        .contains("bridge_draining 0.0", "bridge_ai_share 100.0", "bridge_ai_open 1.0");

    draining.drainHere();
    agent.change(
        Map.of(
            Catalogue.AI_SHARE,
            Optional.of(5),
            Catalogue.AI_HOURS,
            Optional.of(Catalogue.AI_HOURS.parser().apply("Tu 08:00-13:00 UTC"))),
        Map.of());
    assertThat(metrics.scrape())
        .contains("bridge_draining 1.0", "bridge_ai_share 5.0", "bridge_ai_open 0.0");
  }
}
