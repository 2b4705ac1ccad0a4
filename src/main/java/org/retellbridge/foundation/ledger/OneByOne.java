package org.retellbridge.foundation.ledger;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the records of a batch that failed each by itself: one bad record must not take the others
 * with it. One that ends in an error is not bad for that, since memory may be there a moment later:
 * it is tried again, and those after it, to keep the order.
 */
final class OneByOne<T> {
  private static final String MARK = "record";

  /**
   * So often a record may end in an error, alone and one time after the other: for a minute, or
   * less where too many wait to rest, or at the end. Then it is dropped, for else all that come
   * after it would wait for ever. Where memory had ended, and not the record, that one is lost; the
   * next one has as many tries.
   */
  private static final int TRIES = 30;

  private final BiConsumer<Tables, List<T>> write;

  /** How often the first record of what is left ended in an error. */
  private volatile int tries;

  OneByOne(BiConsumer<Tables, List<T>> write) {
    this.write = write;
  }

  /**
   * What is left of a batch.
   *
   * @param records to be tried again, in order
   * @param refused how many were dropped
   */
  record Left<T>(List<T> records, int refused) {}

  /** Whether the database is fine, so that one by one shows which record it refuses for ever. */
  static boolean helps(Throwable thrown) {
    return thrown.getCause() != null && Trouble.of(thrown.getCause()).ours();
  }

  Left<T> write(Tables tables, List<T> records) {
    int refused = 0;
    for (int i = 0; i < records.size(); i++) {
      List<T> one = records.subList(i, i + 1);
      Piece<?> piece =
          new Piece<>(
              mine -> {
                write.accept(mine, one);
                return true;
              });
      Transaction.apart(piece, tables, MARK);
      boolean last = i == 0 && tries + 1 >= TRIES;
      if (endedInError(piece) && !last) {
        // Not a view of a view at each try.
        return new Left<>(i == 0 ? records : records.subList(i, records.size()), refused);
      }
      refused += piece.over() ? 1 : 0;
    }
    return new Left<>(List.of(), refused);
  }

  /**
   * @param done how many records of the batch are no longer in it, written or dropped
   */
  void settled(Left<T> left, int done) {
    if (left.records().isEmpty()) {
      tries = 0;
    } else {
      tries = done > 0 ? 1 : tries + 1;
    }
  }

  /** Whether a record is to be tried again, which should not be at once. */
  boolean waits() {
    return tries > 0;
  }

  private static boolean endedInError(Piece<?> piece) {
    return piece.over()
        && piece.result().handle((done, thrown) -> Trouble.ofMachine(thrown)).join();
  }
}
