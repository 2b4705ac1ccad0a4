package org.retellbridge.foundation.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.foundation.settings.Catalogue.AI_HOURS;
import static org.retellbridge.foundation.settings.Catalogue.AI_SHARE;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.hours.WeeklyHours;
import org.retellbridge.foundation.settings.TestSettings;

class AgentSwitchesTest {
  private static final String HOURS = "Mo 08:00-09:00 UTC";

  private final MemoryBoard board = new MemoryBoard();
  private final AgentSwitches switches =
      new AgentSwitches(TestSettings.of("AI_SHARE", "70", "AI_HOURS", HOURS), board);

  @Test
  void beginWithTheSettings() {
    assertThat(switches.share()).isEqualTo(70);
    assertThat(switches.hours()).hasToString(HOURS);
    assertThat(switches.changed(AI_SHARE)).isFalse();
  }

  @Test
  void areTurnedAndTurnedBack() {
    switches.change(
        Map.of(AI_SHARE, Optional.of(5), AI_HOURS, Optional.of(WeeklyHours.ALWAYS)), Map.of());
    assertThat(switches.share()).isEqualTo(5);
    assertThat(switches.hours()).isSameAs(WeeklyHours.ALWAYS);
    assertThat(switches.changed(AI_SHARE)).isTrue();

    switches.change(Map.of(AI_SHARE, Optional.empty()), Map.of());
    assertThat(switches.share()).isEqualTo(70);
    assertThat(switches.hours()).isSameAs(WeeklyHours.ALWAYS);
    switches.change(Map.of(AI_HOURS, Optional.empty()), Map.of());
    assertThat(switches.hours()).hasToString(HOURS);
  }

  private void another(String name, String value) {
    board.values.put(name, value);
    board.beat();
  }

  @Test
  void followWhatAnotherNodeTurned() {
    another("AI_HOURS", "Tu 08:00-09:00 UTC");
    assertThat(switches.hours()).hasToString("Tu 08:00-09:00 UTC");
    another("AI_HOURS", "We 08:00-09:00 UTC");
    assertThat(switches.hours()).hasToString("We 08:00-09:00 UTC");
  }

  @Test
  void keepTheSettingWhereTheLedgerHoldsWhatNobodyCanRead() {
    another("AI_HOURS", "when the sun shines");
    another("AI_SHARE", "most");
    assertThat(switches.hours()).hasToString(HOURS);
    assertThat(switches.share()).isEqualTo(70);
  }

  @Test
  void stayAsTheyAreWhileTheLedgerIsDown() {
    switches.change(Map.of(AI_SHARE, Optional.of(5)), Map.of());
    board.takes(0);
    assertThat(switches.change(Map.of(AI_SHARE, Optional.of(6)), Map.of()).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(switches.share()).isEqualTo(5);
    assertThat(switches.change(Map.of(), Map.of()).toCompletableFuture()).isCompleted();
  }
}
