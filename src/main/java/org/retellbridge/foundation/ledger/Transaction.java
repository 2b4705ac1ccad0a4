package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.util.List;

/** Does pieces of work in one transaction, without letting one spoil the others. */
final class Transaction {
  private static final System.Logger LOGGER = System.getLogger(Transaction.class.getName());
  private static final String MARK = "piece";

  /** Whoever waits for the first one does not wait longer than this for the others. */
  private static final long LONGEST_NANOS = 50_000_000;

  private Transaction() {}

  /**
   * Throws what concerns all of them; what concerns one alone fails that one.
   *
   * @return how many were done, at least one; the others did not fit into the time
   */
  static int run(List<Piece<?>> pieces, Tables tables) {
    if (pieces.size() == 1) {
      pieces.get(0).on(tables);
      return 1;
    }
    long end = System.nanoTime() + LONGEST_NANOS;
    int done = 0;
    while (done < pieces.size() && (done == 0 || System.nanoTime() - end < 0)) {
      Piece<?> piece = pieces.get(done);
      done++;
      if (!piece.over()) {
        apart(piece, tables, MARK);
      }
    }
    return done;
  }

  /**
   * Fails the piece alone for what concerns it alone, such as a class or memory that it did not
   * get.
   *
   * @param mark a name that no other savepoint around it has
   */
  static void apart(Piece<?> piece, Tables tables, String mark) {
    tables.handle().savepoint(mark);
    try {
      piece.on(tables);
      tables.handle().releaseSavepoint(mark);
    } catch (RuntimeException | Error e) {
      Trouble trouble = Trouble.of(e);
      if (!trouble.ours() && !(e instanceof LedgerDown)) {
        throw e;
      }
      // First, since the way back may fail as well: the others are tried again without this one.
      piece.fail(new LedgerDown(trouble.reason(), e));
      tables.handle().rollbackToSavepoint(mark);
      report(trouble, e);
    }
  }

  /** The statement is wrong, not the database. */
  static void report(Trouble trouble, Throwable thrown) {
    if (!trouble.ours()) {
      return;
    }
    if (thrown instanceof Error) {
      LOGGER.log(ERROR, "Work of the ledger ended in an error", thrown);
      return;
    }
    LOGGER.log(WARNING, "A statement of the ledger failed: {0}", trouble.reason());
  }
}
