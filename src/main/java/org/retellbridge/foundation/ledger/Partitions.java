package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Keeps new keys of an index together. H2 writes the whole page of each key that is new, and keys
 * like digests fall on pages all over an index; in a partition there are a hundred pages, which a
 * batch shares. Whoever looks for a key asks each partition. PostgreSQL changes pages where they
 * are, and has no partitions.
 */
final class Partitions {
  /** More make a look-up among a million rows slower than a millisecond. */
  static final int ROWS = 5_000;

  private final boolean exclusive;
  private int number;
  private int rows;

  /**
   * @param exclusive whether nobody else writes into the database, which is H2 then
   */
  Partitions(boolean exclusive) {
    this.exclusive = exclusive;
  }

  /** Those for rows that are written now, together. */
  Partition next(Tables tables, int count, Instant now) {
    if (!exclusive) {
      return Partition.NONE;
    }
    Partition next = take(tables.handle(), count);
    // In the transaction that writes the rows: whoever finds them finds it.
    tables
        .handle()
        .execute(
            "insert into key_partitions (number, since) select cast(? as integer), cast(? as"
                + " bigint) where not exists (select 1 from key_partitions where number = ?) on"
                + " conflict do nothing",
            next.number(),
            now.toEpochMilli(),
            next.number());
    return next;
  }

  /** What a key may have become. */
  static List<UUID> all(Tables tables, UUID key) {
    if (tables.dialect() != Dialect.H2) {
      return List.of(key);
    }
    return Stream.concat(
            Stream.of(key),
            tables
                .handle()
                .createQuery("select number from key_partitions order by number desc")
                .map((row, context) -> new Partition(row.getInt(1)).of(key))
                .list()
                .stream())
        .toList();
  }

  /** After a start it goes on with a new one: how full the last one is, nobody counted. */
  private synchronized Partition take(Handle handle, int count) {
    if (number == 0) {
      number = 1 + last(handle);
    } else if (rows >= ROWS) {
      number++;
      rows = 0;
    }
    rows += count;
    return new Partition(number);
  }

  private static int last(Handle handle) {
    return handle
        .createQuery("select coalesce(max(number), 0) from key_partitions")
        .mapTo(Integer.class)
        .one();
  }
}
