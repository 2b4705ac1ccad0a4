package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
  @Test
  void holdsSoManyParcels() {
    assertThat(new Room(2, 100, false).holds(1, 20)).isTrue();
    assertThat(new Room(2, 100, false).holds(2, 20)).isFalse();
    assertThat(new Room(0, 100, false).holds(0, 20)).isFalse();
  }

  @Test
  void holdsSoManyBytes() {
    assertThat(new Room(2, 100, false).holds(1, 100)).isTrue();
    assertThat(new Room(2, 100, true).holds(1, 101)).isFalse();
  }

  /** Else it would never be delivered. */
  @Test
  void holdsOneThatIsLargerWhileNothingElseIsOnItsWay() {
    assertThat(new Room(2, 100, true).holds(0, 101)).isTrue();
    assertThat(new Room(2, 100, false).holds(0, 101)).isFalse();
  }
}
