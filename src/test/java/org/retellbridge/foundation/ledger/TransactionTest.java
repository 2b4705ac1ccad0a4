package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static int count(Tables tables, String which) {
    return tables
        .handle()
        .createQuery("select count(*) from facts where " + which)
        .mapTo(Integer.class)
        .one();
  }
}
