package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * Keeps new keys of an index together. H2 writes the whole page of each key that is new, and keys
 * like digests fall on pages all over an index; in a partition there are a hundred pages, which a
 * batch shares. Whoever looks for a key asks each partition. PostgreSQL changes pages where they
 * are, and has no partitions.
 */
final class Partitions {
  /** So many calls, or four times as many invocations of functions, of which a call has some. */
  static final int CALLS = 5_000;

  private static final int CALL = 4;
  private static final int FULL = CALL * CALLS;

  private final boolean exclusive;
  private List<Partition> known;
  private boolean begun;
  private int filled;

  /**
   * @param exclusive whether nobody else writes into the database, which is H2 then
   */
  Partitions(boolean exclusive) {
    this.exclusive = exclusive;
  }

  /** The one for keys that are written now. */
  Partition next(Tables tables, Instant now) {
    if (!exclusive) {
      return Partition.NONE;
    }
    Partition next = take(tables.handle());
    // In the transaction that writes the keys: whoever finds them finds it.
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

  synchronized void calls(int written) {
    filled += written * CALL;
  }

  synchronized void invocations(int written) {
    filled += written;
  }

  /**
   * What a key may have become, for {@code = any(…)}: a list in the statement's text would make a
   * new statement of it with each partition, and H2 and Jdbi keep statements.
   */
  Argument all(Tables tables, UUID key) {
    return all(tables, List.of(key));
  }

  Argument all(Tables tables, List<UUID> keys) {
    List<Partition> partitions =
        tables.dialect() == Dialect.H2 ? known(tables.handle()) : List.of();
    Object[] all =
        keys.stream()
            .flatMap(
                key ->
                    Stream.concat(
                        Stream.of(key), partitions.stream().map(partition -> partition.of(key))))
            .toArray();
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf("uuid", all));
  }

  /** After a start it goes on with a new one: how full the last one is, nobody counted. */
  private synchronized Partition take(Handle handle) {
    List<Partition> all = known(handle);
    if (!begun || filled >= FULL) {
      int last = all.isEmpty() ? 0 : all.get(all.size() - 1).number();
      known = new ArrayList<>(all);
      known.add(new Partition(last + 1));
      begun = true;
      filled = 0;
    }
    return known.get(known.size() - 1);
  }

  /** Those that retention has taken since are asked in vain. */
  private synchronized List<Partition> known(Handle handle) {
    if (known == null) {
      known =
          handle
              .createQuery("select number from key_partitions order by number")
              .map((row, context) -> new Partition(row.getInt(1)))
              .list();
    }
    return known;
  }
}
