package org.retellbridge.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.checkup.Diagnosis.Result;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.switches.AgentSwitches;
import org.retellbridge.foundation.switches.Draining;
import org.retellbridge.foundation.switches.MemoryBoard;

class SwitchesCheckupTest {
  private static final Clock MONDAY_NOON =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private final Draining draining = MemoryBoard.draining();

  @Test
  void findsNothingInTheWay() {
    assertThat(examine())
        .extracting(Diagnosis::setting, Diagnosis::result)
        .containsExactly(tuple("AI_HOURS", Result.OK), tuple("AI_SHARE", Result.OK));
  }

  /** Whoever looks for why no call reaches the agent must not read that they do. */
  @Test
  void saysThatTheNodeDrains() {
    draining.drainHere();
    assertThat(examine())
        .anySatisfy(
            found -> {
              assertThat(found.setting()).isEqualTo("drain");
              assertThat(found.result()).isEqualTo(Result.UNKNOWN);
              assertThat(found.sentence()).startsWith("This node drains: every call");
            })
        .noneMatch(found -> found.sentence().contains("go to the agent"));
  }

  @Test
  void speaksOfHoursAndOfTheShareApart() {
    assertThat(examine("AI_SHARE", "0"))
        .extracting(Diagnosis::sentence)
        .containsExactly(
            "By it this moment is within the agent's hours.",
            "By it 0 of 100 calls are for the agent.");
    assertThat(examine("AI_HOURS", "Mo 08:00-09:00 UTC").get(0))
        .satisfies(found -> assertThat(found.result()).isEqualTo(Result.UNKNOWN))
        .satisfies(found -> assertThat(found.sentence()).contains("outside the agent's hours"));
  }

  /** The agent may be switched off by what stands there. */
  @Test
  void findsNothingWellBeforeTheLedgerWasRead() {
    assertThat(
            examine(new MemoryBoard().beginUnread().agentHere(TestSettings.of("AI_SHARE", "100"))))
        .extracting(Diagnosis::setting, Diagnosis::result, Diagnosis::sentence)
        .containsExactly(
            tuple(
                "AI_HOURS",
                Result.UNKNOWN,
                "The ledger was not read since the start, so it is not known what operators"
                    + " switched. By it this moment is within the agent's hours."),
            tuple(
                "AI_SHARE",
                Result.UNKNOWN,
                "The ledger was not read since the start, so it is not known what operators"
                    + " switched. By it 100 of 100 calls are for the agent."));
  }

  private List<Diagnosis> examine(String... settings) {
    return examine(MemoryBoard.agent(TestSettings.of(settings)));
  }

  private List<Diagnosis> examine(AgentSwitches switches) {
    return new SwitchesCheckup(switches, draining, MONDAY_NOON)
        .examine()
        .toCompletableFuture()
        .join();
  }
}
