package org.retellbridge.operations;

import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import org.retellbridge.foundation.ledger.LedgerDown;
import org.retellbridge.foundation.problems.Problem;

/** What operators are answered while the ledger cannot be asked. */
public final class WithoutLedger {
  private WithoutLedger() {}

  /**
   * 503 with the sentence, or with what {@link DoneInPart} says. What is no failure of the ledger
   * is thrown again: as a fault of the bridge it is answered otherwise, and the log tells all of
   * it.
   */
  public static Response answer(Throwable thrown, String sentence) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof LedgerDown) {
      return Problem.of(503, sentence).response();
    }
    if (cause instanceof DoneInPart done) {
      return Problem.of(503, done.getMessage()).response();
    }
    throw new CompletionException(cause);
  }
}
