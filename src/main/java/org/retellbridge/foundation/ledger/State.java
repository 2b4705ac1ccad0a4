package org.retellbridge.foundation.ledger;

import java.util.Locale;

/** Where an effect stands. */
enum State {
  RUNNING,
  DONE,
  /** Failed, and nothing happened: the next repeat runs it again. */
  OPEN,
  UNKNOWN;

  static State of(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return DONE;
    }
    return outcome instanceof Outcome.Failed ? OPEN : UNKNOWN;
  }

  static State parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
