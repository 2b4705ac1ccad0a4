package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import java.util.function.Consumer;

/**
 * Does pieces of work in as few transactions as it can, and tells those who wait for them. What
 * fails is tried again where that may help; whatever happens, each piece ends.
 */
final class Transactions {
  private static final System.Logger LOGGER = System.getLogger(Transactions.class.getName());
  private static final int TRIES = 4;

  private final Opening opening;
  private final Runnable probe;

  /**
   * @param probe is run when the database is found to be down
   */
  Transactions(Opening opening, Runnable probe) {
    this.opening = opening;
    this.probe = probe;
  }

  /** Never throws. */
  void work(List<Piece<?>> pieces) {
    List<Piece<?>> left = pieces;
    while (!left.isEmpty()) {
      left.removeIf(Piece::over);
      left = left.isEmpty() ? left : left.subList(some(left), left.size());
    }
  }

  /**
   * One transaction with some of them, the first ones. How many are settled by it; none if one that
   * failed is to be left out first.
   */
  private int some(List<Piece<?>> pieces) {
    Trouble trouble = null;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      int done;
      try {
        done = opening.transaction(tables -> Transaction.run(pieces, tables));
      } catch (RuntimeException | Error e) {
        trouble = Trouble.of(e);
        if (trouble.ours() && pieces.stream().anyMatch(Piece::over)) {
          return 0;
        }
        if (!trouble.passing()) {
          end(pieces, trouble, e);
          return pieces.size();
        }
        continue;
      }
      tell(pieces, done, Piece::tell);
      return done;
    }
    fail(pieces, new LedgerDown(trouble.reason()));
    return pieces.size();
  }

  private void end(List<Piece<?>> pieces, Trouble trouble, Throwable thrown) {
    if (!trouble.ours() && !(thrown instanceof LedgerDown)) {
      opening.fell(trouble.reason());
      probe.run();
    }
    fail(pieces, new LedgerDown(trouble.reason(), thrown));
    Transaction.report(trouble, thrown);
  }

  private static void fail(List<Piece<?>> pieces, LedgerDown reason) {
    tell(pieces, pieces.size(), piece -> piece.fail(reason));
  }

  /**
   * Each of the first ones is told, whatever becomes of the others: what is committed must not run
   * again, and nobody shall wait in vain.
   */
  private static void tell(List<Piece<?>> pieces, int count, Consumer<Piece<?>> step) {
    Throwable thrown = null;
    for (int i = 0; i < count; i++) {
      try {
        step.accept(pieces.get(i));
      } catch (RuntimeException | Error e) {
        thrown = e;
      }
    }
    if (thrown != null) {
      // Last, since there may be no memory for the log either.
      LOGGER.log(ERROR, "Whoever waited for the ledger could not be told", thrown);
    }
  }
}
