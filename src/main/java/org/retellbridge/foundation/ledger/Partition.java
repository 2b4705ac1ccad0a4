package org.retellbridge.foundation.ledger;

import java.util.UUID;

/**
 * Where in an index the keys of rows stand that are written one after the other.
 *
 * @param number from 1 on; in {@link #NONE} keys stay what they are
 */
record Partition(int number) {
  static final Partition NONE = new Partition(0);

  private static final int BITS = 24;
  private static final long REST = -1L >>> BITS;

  /** The key begins with the number, which leaves 104 bits of it. Null stays null. */
  UUID of(UUID key) {
    if (number == 0 || key == null) {
      return key;
    }
    long high = (long) number << (Long.SIZE - BITS) | key.getMostSignificantBits() & REST;
    return new UUID(high, key.getLeastSignificantBits());
  }
}
