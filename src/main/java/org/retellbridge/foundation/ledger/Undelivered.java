package org.retellbridge.foundation.ledger;

import java.util.List;

/**
 * What is in the outbox, figures and letters of the same moment.
 *
 * @param letters the oldest dead letters, not necessarily all
 */
public record Undelivered(OutboxFigures figures, List<DeadLetter> letters) {

  public Undelivered {
    letters = List.copyOf(letters);
  }
}
