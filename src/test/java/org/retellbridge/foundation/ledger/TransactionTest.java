package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.Logged;

/** Pieces of work that share a transaction do not know of each other. */
class TransactionTest {
  private static final String FACT = "insert into facts (name, fact) values (?, 'x')";

  @TempDir Path folder;

  @Test
  void doesNotLetOneSpoilTheOthers() throws Exception {
    try (Books books = Books.open(Books.h2(folder))) {
      CountDownLatch busy = new CountDownLatch(1);
      CompletionStage<Integer> first =
          books.ledger.database.run(
              tables -> {
                Books.await(busy);
                return 0;
              });
      // All of these wait for the first one, and so come into one transaction.
      List<CompletionStage<Integer>> facts = new ArrayList<>();
      for (String name : List.of("a", "b", "a", "c", "x".repeat(500), "d")) {
        facts.add(
            books.ledger.database.run(
                tables -> {
                  tables.handle().execute(FACT, name + "!");
                  return tables.handle().execute(FACT, name);
                }));
      }
      CompletionStage<Integer> after =
          books.ledger.database.run(tables -> count(tables, "name in ('a', 'b', 'c', 'd')"));
      busy.countDown();

      Books.get(first);
      for (int i : List.of(0, 1, 3, 5)) {
        assertThat(Books.get(facts.get(i))).isEqualTo(1);
      }
      for (int i : List.of(2, 4)) {
        assertThatThrownBy(() -> Books.get(facts.get(i))).isInstanceOf(LedgerDown.class);
      }
      assertThat(Books.get(after)).isEqualTo(4);
      assertThat(books.ledger.state().up()).isTrue();
    }
    try (Books later = Books.open(Books.h2(folder))) {
      CompletionStage<Integer> kept =
          later.ledger.database.run(tables -> count(tables, "fact = 'x'"));
      assertThat(Books.get(kept))
          .as("all that was told is there, and nothing of what failed")
          .isEqualTo(8);
    }
  }

  /** Such as a class that is not to be had: the database has no part in it. */
  @Test
  void failsOnlyWhatEndsInAnError() {
    try (Books books = Books.open(Books.h2(folder));
        Logged log = Logged.by(Transaction.class)) {
      List<CompletionStage<Integer>> facts = around(books, tables -> {});

      assertOnlyTheErrorFailed(books, facts);
      assertThat(log.lines()).containsExactly("SEVERE Work of the ledger ended in an error");
    }
  }

  @Test
  void goesOnInTheNextTransactionWhereThereIsNoWayBackFromAnError() {
    try (Books books = Books.open(Books.h2(folder))) {
      List<CompletionStage<Integer>> facts =
          around(books, tables -> tables.handle().releaseSavepoint("piece"));

      assertOnlyTheErrorFailed(books, facts);
    }
  }

  /** As on PostgreSQL, where each piece has a transaction of its own. */
  @Test
  void failsAtOnceWhatEndsInAnErrorAlone() {
    try (Books books = Books.open(Books.h2(folder))) {
      assertEndedInAnError(books.ledger.database.run(tables -> missing(tables, "b")));
      assertThat(facts(books)).isZero();
      assertThat(books.ledger.state().up()).isTrue();
    }
  }

  /** Such as memory that was not there to tell somebody: what is committed stays as it is. */
  @Test
  void doesNotDoAgainWhatIsCommittedWhenTellingItEndsInAnError() {
    try (Books books = Books.open(Books.h2(folder));
        Logged log = Logged.by(Transactions.class)) {
      CountDownLatch busy = busy(books);
      List<CompletionStage<Integer>> facts = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        facts.add(books.ledger.database.run(tables -> tables.handle().execute(FACT, name)));
      }
      facts
          .get(1)
          .thenAccept(
              done -> {
                throw new Unspeakable();
              });
      busy.countDown();

      // The last one first: whoever waits for the second one may tell the others who do, and fail.
      assertThat(Books.get(facts.get(2))).isEqualTo(1);
      assertThat(facts(books)).isEqualTo(3);
      assertThat(Books.get(facts.get(0))).isEqualTo(1);
      assertThat(Books.get(facts.get(1))).isEqualTo(1);
      assertThat(books.ledger.state().up()).isTrue();
      assertThat(log.lines())
          .containsExactly("SEVERE Whoever waited for the ledger could not be told");
    }
  }

  /** All that is run until it is counted down comes into one transaction. */
  private static CountDownLatch busy(Books books) {
    CountDownLatch busy = new CountDownLatch(1);
    books.ledger.database.run(
        tables -> {
          Books.await(busy);
          return 0;
        });
    return busy;
  }

  /** Three facts in one transaction; the work of the second ends in an error. */
  private static List<CompletionStage<Integer>> around(Books books, Consumer<Tables> before) {
    CountDownLatch busy = busy(books);
    List<CompletionStage<Integer>> facts =
        List.of(
            books.ledger.database.run(tables -> tables.handle().execute(FACT, "a")),
            books.ledger.database.run(
                tables -> {
                  before.accept(tables);
                  return missing(tables, "b");
                }),
            books.ledger.database.run(tables -> tables.handle().execute(FACT, "c")));
    busy.countDown();
    return facts;
  }

  private static int missing(Tables tables, String name) {
    tables.handle().execute(FACT, name);
    throw new NoClassDefFoundError("com/acme/Missing");
  }

  private static void assertOnlyTheErrorFailed(Books books, List<CompletionStage<Integer>> facts) {
    assertEndedInAnError(facts.get(1));
    assertThat(Books.get(facts.get(0))).isEqualTo(1);
    assertThat(Books.get(facts.get(2))).isEqualTo(1);
    assertThat(facts(books)).isEqualTo(2);
    assertThat(books.ledger.state().up()).isTrue();
  }

  private static void assertEndedInAnError(CompletionStage<Integer> piece) {
    assertThatThrownBy(() -> Books.get(piece))
        .isInstanceOf(LedgerDown.class)
        .hasMessage("NoClassDefFoundError")
        .hasRootCauseInstanceOf(NoClassDefFoundError.class);
  }

  private static int facts(Books books) {
    return Books.get(books.ledger.database.run(tables -> count(tables, "fact = 'x'")));
  }

  private static int count(Tables tables, String which) {
    return tables
        .handle()
        .createQuery("select count(*) from facts where " + which)
        .mapTo(Integer.class)
        .one();
  }

  /** It ends the thread's way through those who wait as an error of memory does. */
  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A stage that fails asks for it. */
    @Override
    public String toString() {
      throw new InternalError("no memory");
    }
  }
}
