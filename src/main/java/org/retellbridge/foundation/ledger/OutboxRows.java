package org.retellbridge.foundation.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** The tables {@code outbox} and {@code deliveries}. */
final class OutboxRows {
  private static final String COLUMNS =
      "select seq, customer_hash, kind, message_id, happened_at, payload, attempts, accepted_at,"
          + " give_up_at from outbox o";
  private static final String DUE =
      " where (state = 'waiting' and next_attempt_at <= :now or state = 'sending' and lease_until <"
          + " :now) and not exists (select 1 from outbox p where p.customer_hash = o.customer_hash"
          + " and p.seq < o.seq and p.state <> 'dead')";

  private final EffectRows effects;
  private final Lease lease;
  private final Duration giveUp;

  OutboxRows(EffectRows effects, Lease lease, Duration giveUp) {
    this.effects = effects;
    this.lease = lease;
    this.giveUp = giveUp;
  }

  /** One transaction: the mark, if there is one, and the parcel; or neither. */
  Arrival accept(Tables tables, Parcel parcel, Optional<Mark> mark) {
    Optional<Arrival> again = mark.flatMap(given -> mark(tables, given));
    if (again.isPresent()) {
      return dead(tables, parcel.messageId()).orElse(again.get());
    }
    if (delivered(tables, parcel.messageId())) {
      return new Arrival.Again("");
    }
    return insert(tables, parcel);
  }

  /** Claims what is due, the first of each customer only. */
  List<Held> claim(Tables tables, int most) {
    return claim(
        tables,
        tables
            .handle()
            .createQuery(
                COLUMNS + DUE + " order by next_attempt_at, seq limit :most" + tables.claiming())
            .bind("most", most));
  }

  /** Claims what is due of one customer. */
  List<Held> claim(Tables tables, String customer) {
    return claim(
        tables,
        tables
            .handle()
            .createQuery(
                COLUMNS
                    + DUE
                    + " and customer_hash = :customer order by seq limit 1"
                    + tables.claiming())
            .bind("customer", customer));
  }

  /** Gives up the claims of a dead process that nobody else could have. */
  void alone(Tables tables) {
    tables
        .handle()
        .execute(
            "update outbox set lease_until = 0 where state = 'sending' and owner <> ?",
            lease.owner());
  }

  private List<Held> claim(Tables tables, Query query) {
    List<Held> chosen = new ArrayList<>();
    for (Row row : query.bind("now", lease.now()).map((set, context) -> Row.of(set)).list()) {
      int claimed =
          tables
              .handle()
              .execute(
                  "update outbox set state = 'sending', owner = ?, lease_until = ? where seq = ?"
                      + " and (state = 'waiting' or state = 'sending' and lease_until < ?)",
                  lease.owner(),
                  lease.end(),
                  row.seq(),
                  lease.now());
      if (claimed == 1) {
        open(tables, row).ifPresent(chosen::add);
      }
    }
    return chosen;
  }

  /** A parcel that nobody can read any more must not stop the others. */
  private static Optional<Held> open(Tables tables, Row row) {
    try {
      return Optional.of(row.held(tables.vault()));
    } catch (LedgerDown e) {
      tables
          .handle()
          .execute(
              "update outbox set state = 'dead', reason = ? where seq = ?",
              e.getMessage(),
              row.seq());
      return Optional.empty();
    }
  }

  private Optional<Arrival> mark(Tables tables, Mark mark) {
    Claim claim = effects.claim(tables, mark.effect());
    if (claim instanceof Claim.Mine mine) {
      effects.finish(tables, mine.id(), new Outcome.Done(mark.answer()));
      return Optional.empty();
    }
    return Optional.of(
        new Arrival.Again(
            claim instanceof Claim.Over over ? over.answer() : mark.effect().kind().unconfirmed()));
  }

  private Arrival insert(Tables tables, Parcel parcel) {
    String customer = tables.vault().hash(parcel.kind() + "\n" + parcel.customerKey());
    // The most attempts of what is before it; empty when nothing is.
    Optional<Integer> before =
        tables
            .handle()
            .createQuery(
                "select max(attempts) from outbox where customer_hash = ? and state <> 'dead'")
            .bind(0, customer)
            .mapTo(Integer.class)
            .findOne();
    boolean first = before.isEmpty();
    long now = lease.now();
    int inserted =
        tables
            .handle()
            .execute(
                "insert into outbox (message_id, kind, customer_hash, payload, happened_at,"
                    + " accepted_at, give_up_at, state, attempts, next_attempt_at, owner,"
                    + " lease_until) values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?) on conflict do"
                    + " nothing",
                parcel.messageId(),
                parcel.kind(),
                customer,
                tables.vault().seal(parcel.payload(), place(parcel.messageId())),
                parcel.timestamp().toEpochMilli(),
                now,
                now + giveUp.toMillis(),
                first ? "sending" : "waiting",
                now,
                first ? lease.owner() : null,
                first ? lease.end() : 0);
    if (inserted == 0) {
      return new Arrival.Again("");
    }
    long seq =
        tables
            .handle()
            .createQuery("select seq from outbox where message_id = ?")
            .bind(0, parcel.messageId())
            .mapTo(Long.class)
            .one();
    return first
        ? new Arrival.First(new Held(seq, customer, parcel, 0, now, now + giveUp.toMillis()))
        : new Arrival.Behind(seq, customer, before.get() > 0);
  }

  /** A repeat of what was refused must not be told that all is well. */
  private static Optional<Arrival> dead(Tables tables, String messageId) {
    return tables
        .handle()
        .createQuery("select reason from outbox where message_id = ? and state = 'dead'")
        .bind(0, messageId)
        .mapTo(String.class)
        .findOne()
        .map(Arrival.Dead::new);
  }

  private static boolean delivered(Tables tables, String messageId) {
    return tables
        .handle()
        .createQuery("select 1 from deliveries where message_id = ?")
        .bind(0, messageId)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  static String place(String messageId) {
    return "parcel " + messageId;
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
      String text = vault.open(payload, place(messageId));
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
