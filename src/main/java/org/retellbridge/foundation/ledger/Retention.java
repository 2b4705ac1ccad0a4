package org.retellbridge.foundation.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Deletes what is too old, a little at a time so that nothing else waits for it. */
final class Retention {
  private static final int AT_ONCE = 500;

  /** For what is named by its time. */
  private static final String BEGUN = "id < cast(? as bigint) * " + StepId.STEP;

  /**
   * By the end of its attempts: an operator has to see it, and may have sent it again. It was
   * accepted before that, which an index knows, so that what is younger is not read for it.
   */
  private static final Sweep LETTERS =
      Sweep.of("outbox", "state in ('dead', 'gone') and accepted_at < ? and give_up_at < ?", "seq");

  static final String OLD_LETTERS = LETTERS.find();

  private static final List<Sweep> SWEEPS =
      List.of(
          Sweep.of("calls", "started_at < ?", "call_id"),
          Sweep.of("phone_calls", BEGUN, "id"),
          Sweep.of("invocations", BEGUN, "id"),
          Sweep.of("effects", "started_at < ? and state <> 'running'", "id")
              // In one transaction: a key without its effect would only begin it anew, and a repeat
              // of an effect without its key would do it a second time.
              .together("delete from effect_keys where effect_id = ?"),
          Sweep.of("deliveries", "delivered_at < ?", "message_id"),
          LETTERS,
          Sweep.of("allowances", "changed_at < ?", "call_id", "kind"),
          Sweep.of("vendor_events", "received_at < ?", "call_id", "event", "discriminator"),
          Sweep.of("nodes", "seen_at < ?", "node"));

  private static final Sweep EXPIRED = Sweep.of("effect_keys", "expires_at < ?", "effect_key");

  private final Database database;
  private final Duration keep;
  private final Clock clock;

  Retention(Database database, Duration keep, Clock clock) {
    this.database = database;
    this.keep = keep;
    this.clock = clock;
  }

  /** Completes with the number of rows that went; fails with {@link LedgerDown}. */
  CompletionStage<Integer> run() {
    long before = clock.millis() - keep.toMillis();
    CompletionStage<Integer> all = all(EXPIRED, clock.millis(), 0);
    for (Sweep sweep : SWEEPS) {
      all = all.thenCompose(gone -> all(sweep, before, gone));
    }
    return all.thenCompose(gone -> partitions(before, gone));
  }

  /** Of what is older than the next one nothing is left. */
  private CompletionStage<Integer> partitions(long before, int sofar) {
    return database.aside(
        tables ->
            sofar
                + tables
                    .handle()
                    .execute(
                        "delete from key_partitions where number < (select max(number) from"
                            + " key_partitions where since < ?)",
                        before));
  }

  private CompletionStage<Integer> all(Sweep sweep, long before, int sofar) {
    return database
        .aside(tables -> sweep.some(tables.handle(), before))
        .thenCompose(
            some ->
                some.found() < AT_ONCE || some.gone() == 0 // else another node is at it
                    ? CompletableFuture.completedFuture(sofar + some.gone())
                    : all(sweep, before, sofar + some.gone()));
  }

  private record Some(int found, int gone) {}

  /**
   * One table's. Rows are looked for, and deleted by their keys: H2 makes a {@code where … in
   * (select …)} anew for each row that it deletes, and half a thousand rows took as long as a
   * quarter of a million.
   *
   * @param times how often the time stands in it
   * @param find gives the keys of {@link #AT_ONCE} rows at most
   * @param delete takes a key and the time, because a row may be renewed meanwhile
   * @param after takes the key of a row that went; empty when nothing else goes with it
   */
  private record Sweep(int times, String find, String delete, String after) {

    static Sweep of(String table, String which, String... key) {
      return new Sweep(
          (int) which.chars().filter(letter -> letter == '?').count(),
          "select %s from %s where %s limit %s"
              .formatted(String.join(", ", key), table, which, AT_ONCE),
          "delete from %s where %s = ? and %s"
              .formatted(table, String.join(" = ? and ", key), which),
          "");
    }

    Sweep together(String also) {
      return new Sweep(times, find, delete, also);
    }

    Some some(Handle handle, long before) {
      List<Object[]> old =
          handle
              .select(find, withTime(new Object[0], before))
              .map((row, context) -> key(row))
              .list();
      List<Object[]> gone = deleted(handle, old, before);
      int also = after.isEmpty() ? 0 : IntStream.of(batch(handle, after, gone)).sum();
      return new Some(old.size(), gone.size() + also);
    }

    private List<Object[]> deleted(Handle handle, List<Object[]> old, long before) {
      int[] counts = batch(handle, delete, old.stream().map(key -> withTime(key, before)).toList());
      List<Object[]> gone = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          gone.add(old.get(i));
        }
      }
      return gone;
    }

    private static int[] batch(Handle handle, String sql, List<Object[]> rows) {
      if (rows.isEmpty()) {
        return new int[0];
      }
      try (PreparedBatch batch = handle.prepareBatch(sql)) {
        rows.forEach(batch::add);
        return batch.execute();
      }
    }

    private static Object[] key(ResultSet row) throws SQLException {
      Object[] key = new Object[row.getMetaData().getColumnCount()];
      for (int i = 0; i < key.length; i++) {
        key[i] = row.getObject(i + 1);
      }
      return key;
    }

    private Object[] withTime(Object[] key, long before) {
      Object[] all = Arrays.copyOf(key, key.length + times);
      Arrays.fill(all, key.length, all.length, before);
      return all;
    }
  }
}
