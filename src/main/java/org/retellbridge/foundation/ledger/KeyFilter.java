package org.retellbridge.foundation.ledger;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells most keys that are new from those that are known (a Bloom filter), in 4 MB: of a million
 * keys it takes one new key in 1,500 for a known one, of five million one in 20.
 */
final class KeyFilter {
  private static final int WORDS = 1 << 19;

  private final AtomicLongArray bits = new AtomicLongArray(WORDS);

  void add(UUID key) {
    for (int i = 0; i < 3; i++) {
      int bit = bit(key, i);
      bits.getAndUpdate(bit >>> 6, word -> word | 1L << bit);
    }
  }

  /** False only for a key that was not added, in whatever partition. */
  boolean maybe(UUID key) {
    for (int i = 0; i < 3; i++) {
      int bit = bit(key, i);
      if ((bits.get(bit >>> 6) & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Keys are digests, so any of their bits will do that no partition takes. */
  private static int bit(UUID key, int which) {
    long half =
        which == 2
            ? key.getMostSignificantBits()
            : key.getLeastSignificantBits() >>> which * Integer.SIZE;
    return (int) half & WORDS * Long.SIZE - 1;
  }
}
