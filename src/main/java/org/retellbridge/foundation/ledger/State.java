package org.retellbridge.foundation.ledger;

import java.util.Locale;

/** Where an effect stands. */
enum State {
  RUNNING,
  DONE,
  FAILED,
  /** Failed, and nothing happened: the next repeat runs it again. */
  OPEN,
  UNKNOWN;

  static State of(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return DONE;
    }
    if (outcome instanceof Outcome.Failed failed) {
      return failed.repeatable() ? OPEN : FAILED;
    }
    return UNKNOWN;
  }

  static State parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
