package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyFilterTest {
  private static final int KEYS = 200_000;

  private final KeyFilter filter = new KeyFilter();

  @Test
  void knowsWhatWasAddedInWhateverPartition() {
    List<UUID> keys = keys(1);
    for (int i = 0; i < KEYS; i++) {
      filter.add(new Partition(i % 7).of(keys.get(i)));
    }
    assertThat(keys).allMatch(filter::maybe);
    assertThat(keys).allMatch(key -> filter.maybe(new Partition(70_000).of(key)));
  }

  @Test
  void takesFewNewKeysForKnownOnes() {
    keys(1).forEach(filter::add);
    assertThat(keys(2).stream().filter(filter::maybe)).hasSizeLessThan(KEYS / 10_000);
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(keys(1)).noneMatch(filter::maybe);
  }

  private static List<UUID> keys(int seed) {
    Random random = new Random(seed);
    return IntStream.range(0, KEYS)
        .mapToObj(i -> new UUID(random.nextLong(), random.nextLong()))
        .toList();
  }
}
