package org.retellbridge.foundation.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;

/** Finds what of the outbox is due, and takes it for this process. */
final class OutboxClaims {
  /** Not what they hold: of many large ones that would be more than the heap. */
  private static final String DUE = "select seq, octet_length(payload) from outbox o where ";

  private static final String WHOLE =
      "select seq, customer_hash, kind, message_id, happened_at, payload, attempts, accepted_at,"
          + " give_up_at from outbox where seq = ?";
  private static final String WAITED = "state = 'waiting' and next_attempt_at <= :now";
  private static final String LAPSED = "state = 'sending' and lease_until < :now";
  private static final String OF_KIND = " and kind = :kind";
  private static final String HEAD =
      " and not exists (select 1 from outbox p where p.customer_hash = o.customer_hash and p.seq <"
          + " o.seq and p.state <> 'dead')";

  private final Lease lease;
  private final Counters counters;

  OutboxClaims(Lease lease, Counters counters) {
    this.lease = lease;
    this.counters = counters;
  }

  /**
   * Claims what is due, the first of each customer only. Each statement follows an index, because
   * the outbox of a long outage is long.
   *
   * @param rooms what there is room for of a kind
   */
  List<Held> claim(Tables tables, Function<String, Room> rooms) {
    List<Held> claimed = new ArrayList<>();
    for (String kind : kinds(tables)) {
      claimed.addAll(claim(tables, kind, rooms.apply(kind)));
    }
    return claimed;
  }

  private List<Held> claim(Tables tables, String kind, Room room) {
    List<Held> claimed = new ArrayList<>();
    claim(tables, LAPSED + OF_KIND + HEAD + " limit :most", kind, room, claimed);
    claim(
        tables,
        WAITED + OF_KIND + HEAD + " order by state, kind, next_attempt_at limit :most",
        kind,
        room,
        claimed);
    return claimed;
  }

  /** From one to the next along the index: few kinds, of perhaps very many parcels. */
  private static Set<String> kinds(Tables tables) {
    Set<String> kinds = new TreeSet<>();
    for (String state : List.of("sending", "waiting")) {
      Optional<String> kind = kindAfter(tables, state, "");
      while (kind.isPresent()) {
        kinds.add(kind.get());
        kind = kindAfter(tables, state, kind.get());
      }
    }
    return kinds;
  }

  private static Optional<String> kindAfter(Tables tables, String state, String kind) {
    return tables
        .handle()
        .createQuery(
            "select kind from outbox where state = ? and kind > ? order by state, kind limit 1")
        .bind(0, state)
        .bind(1, kind)
        .mapTo(String.class)
        .findOne();
  }

  /** Claims what is due of one customer. */
  List<Held> claim(Tables tables, String customer) {
    List<Held> claimed = new ArrayList<>();
    claim(
        tables,
        tables
            .handle()
            .createQuery(
                DUE
                    + "customer_hash = :customer and ("
                    + WAITED
                    + " or "
                    + LAPSED
                    + ")"
                    + HEAD
                    + " order by seq limit 1"
                    + tables.dialect().claiming())
            .bind("customer", customer),
        Room.FOR_ONE,
        claimed);
    return claimed;
  }

  /** Gives up the claims of a dead process that nobody else could have. */
  void alone(Tables tables) {
    tables
        .handle()
        .execute(
            "update outbox set lease_until = 0 where state = 'sending' and owner <> ?",
            lease.owner());
  }

  private void claim(Tables tables, String which, String kind, Room room, List<Held> claimed) {
    int most = room.parcels() - claimed.size();
    if (most > 0) {
      claim(
          tables,
          tables
              .handle()
              .createQuery(DUE + which + tables.dialect().claiming())
              .bind("kind", kind)
              .bind("most", most),
          room,
          claimed);
    }
  }

  private void claim(Tables tables, Query query, Room room, List<Held> chosen) {
    long bytes = chosen.stream().mapToLong(Held::size).sum();
    for (Due due : query.bind("now", lease.now()).map((set, context) -> Due.of(set)).list()) {
      bytes += due.bytes();
      if (!room.holds(chosen.size(), bytes)) {
        return;
      }
      int claimed =
          tables
              .handle()
              .execute(
                  "update outbox set state = 'sending', owner = ?, lease_until = ? where seq = ?"
                      + " and (state = 'waiting' or state = 'sending' and lease_until < ?)",
                  lease.owner(),
                  lease.end(),
                  due.seq(),
                  lease.now());
      if (claimed == 1) {
        open(tables, whole(tables, due.seq())).ifPresent(chosen::add);
      }
    }
  }

  private static Row whole(Tables tables, long seq) {
    return tables.handle().createQuery(WHOLE).bind(0, seq).map((set, context) -> Row.of(set)).one();
  }

  /** A parcel that nobody can read any more must not stop the others. */
  private Optional<Held> open(Tables tables, Row row) {
    try {
      return Optional.of(row.held(tables.vault()));
    } catch (LedgerDown e) {
      tables
          .handle()
          .execute(
              "update outbox set state = 'dead', reason = ? where seq = ?",
              e.getMessage(),
              row.seq());
      tables.handle().afterCommit(() -> counters.died(row.kind()));
      return Optional.empty();
    }
  }

  private record Due(long seq, long bytes) {
    static Due of(ResultSet set) throws SQLException {
      return new Due(set.getLong(1), set.getLong(2));
    }
  }

  private record Row(
      long seq,
      String customer,
      String kind,
      String messageId,
      long happenedAt,
      byte[] payload,
      int attempts,
      long acceptedAt,
      long giveUpAt) {
    static Row of(ResultSet set) throws SQLException {
      return new Row(
          set.getLong(1),
          set.getString(2),
          set.getString(3),
          set.getString(4),
          set.getLong(5),
          set.getBytes(6),
          set.getInt(7),
          set.getLong(8),
          set.getLong(9));
    }

    Held held(Vault vault) {
      String text = vault.open(payload, OutboxRows.place(messageId));
      return new Held(
          seq,
          customer,
          new Parcel(kind, customer, messageId, Instant.ofEpochMilli(happenedAt), text),
          attempts,
          acceptedAt,
          giveUpAt);
    }
  }
}
