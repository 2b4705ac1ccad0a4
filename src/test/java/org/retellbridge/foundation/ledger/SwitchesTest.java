package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators turn is turned from the answer on. */
class SwitchesTest {
  @TempDir Path folder;

  /** The beat reads them as they were, and has not said so yet when somebody turns one. */
  @Test
  void areNotTurnedBackByWhoReadThemBefore() {
    try (Books books = Books.open(Books.h2(folder))) {
      Switches switches = books.ledger.switches;
      Books.get(
          books.ledger.database.aside(
              tables -> {
                tables.handle().getConfig(SqlStatements.class).setSqlLogger(turning(switches));
                switches.refresh(tables);
                return 0;
              }));

      assertThat(switches.get("AI_SHARE")).hasValue("0");
    }
  }

  @Test
  void areRememberedAsTheyStoodAtTheStart() {
    try (Books books = Books.open(Books.h2(folder))) {
      assertThat(books.ledger.switches.found()).hasValue(Map.of());
      Books.get(books.ledger.switches.change(Map.of("DRAIN", Optional.of("first"))));
    }
    try (Books books = Books.open(Books.h2(folder))) {
      Switches switches = books.ledger.switches;
      assertThat(switches.read()).isTrue();
      Books.get(switches.change(Map.of("DRAIN", Optional.of("second"))));
      Books.get(books.ledger.database.aside(tables -> refreshed(switches, tables)));
      assertThat(switches.get("DRAIN")).hasValue("second");
      assertThat(switches.found()).hasValue(Map.of("DRAIN", "first"));
    }
  }

  private static int refreshed(Switches switches, Tables tables) {
    switches.refresh(tables);
    return 0;
  }

  /** Turns one between a query and what is made of it. */
  private static SqlLogger turning(Switches switches) {
    return new SqlLogger() {
      @Override
      public void logAfterExecution(StatementContext query) {
        Books.get(switches.change(Map.of("AI_SHARE", Optional.of("0"))));
      }
    };
  }
}
