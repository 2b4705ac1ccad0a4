package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Dead letters in the table {@code outbox}, of which there may be very many. */
final class DeadLetterRows {
  /** By the index; without the state it would not be taken on H2. */
  private static final String OLDEST_FIRST = " order by state, accepted_at, seq limit ?";

  static final String LIST =
      "select message_id, kind, call_name, accepted_at, attempts, reason from outbox where state ="
          + " 'dead'"
          + OLDEST_FIRST;
  static final String NEXT =
      "select accepted_at, seq from outbox where state = 'dead' and accepted_at >= ? and"
          + " (accepted_at > ? or seq > ?)"
          + OLDEST_FIRST;

  private static final String AGAIN =
      "update outbox set state = 'waiting', attempts = 0, next_attempt_at = ?, give_up_at = ? where"
          + " state = 'dead' and ";

  /** Their content is written anew, and others write meanwhile. */
  static final int AT_ONCE = 50;

  private final Lease lease;
  private final Duration giveUp;

  DeadLetterRows(Lease lease, Duration giveUp) {
    this.lease = lease;
    this.giveUp = giveUp;
  }

  /** Where one stands among them. */
  record At(long accepted, long seq) {
    static final At BEGIN = new At(Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /**
   * Some that are on their way again.
   *
   * @param last empty when there are no more
   */
  record Replayed(int count, Optional<At> last) {}

  /** The oldest first. */
  List<DeadLetter> list(Tables tables, int most) {
    return tables
        .handle()
        .createQuery(LIST)
        .bind(0, most)
        .map(
            (row, context) ->
                new DeadLetter(
                    row.getString(1),
                    row.getString(2),
                    Optional.ofNullable(row.getString(3)),
                    Instant.ofEpochMilli(row.getLong(4)),
                    row.getInt(5),
                    Optional.ofNullable(row.getString(6)).orElse("")))
        .list();
  }

  /** Sends one on its way again; whether there was one. */
  boolean replay(Tables tables, String messageId) {
    long now = lease.now();
    return tables.handle().execute(AGAIN + "message_id = ?", now, end(now), messageId) == 1;
  }

  /**
   * Throws one away; whether there was one. Its id stays as long as it would have: a repeat of it
   * must not be told that all is well.
   */
  static boolean discard(Tables tables, String messageId) {
    return tables
            .handle()
            .execute(
                "update outbox set state = 'gone', reason = 'thrown away', payload = ?,"
                    + " customer_hash = '', call_name = null where state = 'dead' and message_id ="
                    + " ?",
                new byte[0],
                messageId)
        == 1;
  }

  /** Sends the next ones on their way again: what died once more meanwhile is not among them. */
  Replayed replay(Tables tables, At after) {
    List<At> next =
        tables
            .handle()
            .createQuery(NEXT)
            .bind(0, after.accepted())
            .bind(1, after.accepted())
            .bind(2, after.seq())
            .bind(3, AT_ONCE)
            .map((row, context) -> new At(row.getLong(1), row.getLong(2)))
            .list();
    if (next.isEmpty()) {
      return new Replayed(0, Optional.empty());
    }
    long now = lease.now();
    int count = 0;
    try (PreparedBatch batch = tables.handle().prepareBatch(AGAIN + "seq = ?")) {
      next.forEach(at -> batch.add(now, end(now), at.seq()));
      for (int changed : batch.execute()) {
        count += changed;
      }
    }
    return new Replayed(
        count, next.size() < AT_ONCE ? Optional.empty() : Optional.of(next.get(next.size() - 1)));
  }

  private long end(long now) {
    return now + giveUp.toMillis();
  }
}
