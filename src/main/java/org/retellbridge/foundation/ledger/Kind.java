package org.retellbridge.foundation.ledger;

/**
 * A kind of effect.
 *
 * @param name short and stable: it is stored, and a metric's tag
 * @param idempotent whether the vendor itself recognises a repeat, so that an effect whose process
 *     died may be taken over; without that it is never run again
 * @param unconfirmed the answer when nobody can know whether it happened
 */
public record Kind(String name, boolean idempotent, String unconfirmed) {
  public Kind {
    if (name == null || !name.matches("[a-z][a-z0-9_-]{0,39}")) {
      throw new IllegalArgumentException("not a kind of effect: " + name);
    }
    java.util.Objects.requireNonNull(unconfirmed);
  }
}
