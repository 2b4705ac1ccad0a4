package org.retellbridge.foundation.ledger;

import java.util.concurrent.CompletableFuture;

/** A piece of work on the database, and somebody who waits for it. */
final class Piece<T> {
  private final Database.Work<T> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile boolean begun;
  private T value;

  Piece(Database.Work<T> work) {
    this.work = work;
  }

  CompletableFuture<T> result() {
    return result;
  }

  /** Whether it got its turn; until then nothing can be said of the database. */
  boolean begun() {
    return begun;
  }

  /** Whether nobody waits for it any more, or it failed. */
  boolean over() {
    return result.isDone();
  }

  void on(Tables tables) {
    begun = true;
    value = work.on(tables);
  }

  /** Its transaction was committed. */
  void tell() {
    result.complete(value);
  }

  /** Whether somebody still waited for it. */
  boolean fail(LedgerDown reason) {
    return result.completeExceptionally(reason);
  }
}
