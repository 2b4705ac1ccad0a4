package org.retellbridge.foundation.ledger;

import java.time.Duration;

/**
 * @param depth parcels that still have to be delivered
 * @param dead dead letters
 * @param oldest how long the oldest parcel has been waiting
 */
public record OutboxFigures(long depth, long dead, Duration oldest) {
  static final OutboxFigures NONE = new OutboxFigures(0, 0, Duration.ZERO);
}
