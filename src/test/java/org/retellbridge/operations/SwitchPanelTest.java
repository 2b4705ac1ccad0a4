package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.TestSettings;
import org.retellbridge.foundation.switches.AgentSwitches;
import org.retellbridge.foundation.switches.Draining;
import org.retellbridge.foundation.switches.MemoryBoard;
import org.retellbridge.foundation.switches.UnderWay;

class SwitchPanelTest {
  private final MemoryBoard board = new MemoryBoard();
  private final AgentSwitches agent = board.agentHere(TestSettings.of());
  private final Draining draining = board.drainingHere();
  private final SwitchPanel panel = new SwitchPanel(agent, draining, new UnderWay());

  /** Between two changes the ledger may go down, and half an order would stand. */
  @Test
  void writesAnOrderAtOnce() {
    draining.drainHere();
    board.takes(1);
    assertThat(turn("{\"ai_share\":5,\"drain\":\"all\"}")).isCompleted();
    assertThat(agent.share()).isEqualTo(5);

    board.takes(1);
    assertThat(turn("{\"ai_share\":7,\"ai_hours\":\"always\",\"drain\":false}"))
        .isCompletedWithValueMatching(now -> !now.getBoolean("draining"));
    assertThat(agent.share()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "\"all\""})
  void changesNothingWhileTheLedgerIsDown(String drain) {
    draining.drainHere();
    board.takes(0);
    assertThat(turn("{\"ai_share\":5,\"drain\":" + drain + "}")).isCompletedExceptionally();
    assertThat(agent.share()).isEqualTo(100);
    assertThat(draining.on()).isTrue();
    assertThat(draining.all()).isFalse();
  }

  @Test
  void drainsOnWhenTheLedgerCannotBeToldOfTheEnd() {
    board.takes(1);
    turn("{\"drain\":\"all\"}");
    draining.drainHere();
    assertThat(turn("{\"drain\":false}")).isCompletedExceptionally();
    assertThat(draining.on()).isTrue();
  }

  @Test
  void drainsANodeWithoutTheLedger() {
    board.takes(0);
    assertThat(turn("{\"drain\":true}"))
        .isCompletedWithValueMatching(now -> now.getBoolean("draining"));
  }

  @Test
  void endsItsOwnDrainingWithoutTheLedgerAndSaysThatOthersMayDrain() {
    draining.drainHere();
    board.takes(0);
    assertThat(turn("{\"drain\":false}"))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(DoneInPart.class)
        .withMessageContaining("whether all nodes were told to drain could not be looked at");
    assertThat(draining.on()).isFalse();
  }

  /** Whoever is told that nothing drains does not look again. */
  @Test
  void promisesNoEndOfAnOrderThatItCannotLookAt() {
    board.takes(0);
    assertThat(turn("{\"drain\":false}")).isCompletedExceptionally();
  }

  @Test
  void endsAnOrderThatThisNodeHasNotHeardOf() {
    MemoryBoard others = board.ofAnotherNode();
    others.change(others.drainingHere().everywhere());
    assertThat(turn("{\"drain\":false}"))
        .isCompletedWithValueMatching(now -> !now.getBoolean("draining"));
    board.beat();
    assertThat(draining.on()).isFalse();
  }

  /** "off" may stand in the ledger that was not read. */
  @Test
  void saysThatItIsNotKnownWhatWasSwitched() {
    board.beginUnread();
    assertThat(panel.json().build().getString("ai_share_from"))
        .isEqualTo("setting, the ledger was not read yet");
    board.beat();
    assertThat(panel.json().build().getString("ai_share_from")).isEqualTo("setting");
  }

  private CompletableFuture<JsonObject> turn(String order) {
    return panel.turn(JsonText.parseObject(order).orElseThrow()).toCompletableFuture();
  }
}
