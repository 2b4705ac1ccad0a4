package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.switches.Draining;
import org.retellbridge.foundation.switches.MemoryBoard;
import org.retellbridge.foundation.switches.UnderWay;
import org.retellbridge.operations.SwitchPanel;

class PanelResourceTest {
  private final MemoryBoard board = new MemoryBoard();
  private final Draining draining = board.drainingHere();
  private final PanelResource panel =
      new PanelResource(
          new SwitchPanel(board.agentHere(TestSettings.of()), draining, new UnderWay()));

  /** Who believes that nothing happened does not look. */
  @Test
  void saysThatNobodyKnowsWhatWasTurnedWhileTheLedgerIsDown() {
    board.takes(0);

    Response answer = panel.turn("{\"ai_share\":5}").toCompletableFuture().join();

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getEntity().toString())
        .contains("it is not certain whether anything was changed");
  }

  @Test
  void saysWhatOfTheEndOfDrainingCouldNotBeLookedAtWhileTheLedgerIsDown() {
    draining.drainHere();
    board.takes(0);

    Response answer = panel.turn("{\"drain\":false}").toCompletableFuture().join();

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getEntity().toString())
        .contains("this node's own draining is ended, but whether all nodes were told to drain")
        .doesNotContain("not certain");
    assertThat(draining.on()).isFalse();
  }
}
