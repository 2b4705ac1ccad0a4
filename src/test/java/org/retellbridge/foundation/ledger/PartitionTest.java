package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartitionTest {
  private static final UUID KEY = UUID.fromString("fedcba98-7654-3210-fedc-ba9876543210");

  @Test
  void beginsAKeyWithItsNumber() {
    assertThat(new Partition(1).of(KEY)).hasToString("00000198-7654-3210-fedc-ba9876543210");
    assertThat(new Partition(0xabcdef).of(KEY)).hasToString("abcdef98-7654-3210-fedc-ba9876543210");
  }

  @Test
  void movesAKeyFromOneToAnother() {
    assertThat(new Partition(2).of(new Partition(9).of(KEY))).isEqualTo(new Partition(2).of(KEY));
  }

  @Test
  void leavesKeysAloneWhereThereIsNone() {
    assertThat(Partition.NONE.of(KEY)).isEqualTo(KEY);
  }

  @Test
  void makesNoKeyOfNothing() {
    assertThat(new Partition(1).of(null)).isNull();
  }
}
