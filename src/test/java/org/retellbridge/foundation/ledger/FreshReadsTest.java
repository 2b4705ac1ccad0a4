package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever reads sees what was committed before: an effect that ran must not look like a new one.
 */
class FreshReadsTest {
  private static final int COMMITS = 3_000;

  @TempDir private Path folder;

  @Test
  void showsWhatWasCommittedBefore() throws SQLException {
    DataSource source = new Place.File(folder, "").open();
    AtomicInteger committed = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    try (Connection writer = source.getConnection()) {
      writer.createStatement().execute("create table seen (name varchar primary key, last int)");
      writer.createStatement().execute("insert into seen values ('it', 0)");
      CompletableFuture<Integer> stale =
          CompletableFuture.supplyAsync(() -> staleReads(source, committed, over));
      writer.setAutoCommit(false);
      try {
        for (int i = 1; i <= COMMITS; i++) {
          writer.createStatement().executeUpdate("update seen set last = " + i);
          writer.commit();
          committed.set(i);
        }
      } finally {
        over.set(true);
      }
      assertThat(stale.join()).as("stale reads").isZero();
    }
  }

  private static int staleReads(DataSource source, AtomicInteger committed, AtomicBoolean over) {
    int stale = 0;
    try (Connection reader = source.getConnection()) {
      reader.setAutoCommit(false);
      while (!over.get()) {
        int least = committed.get();
        try (PreparedStatement query =
            reader.prepareStatement("select last from seen where name = ?")) {
          query.setString(1, "it");
          ResultSet row = query.executeQuery();
          row.next();
          stale += row.getInt(1) < least ? 1 : 0;
        }
        reader.commit();
      }
      return stale;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
