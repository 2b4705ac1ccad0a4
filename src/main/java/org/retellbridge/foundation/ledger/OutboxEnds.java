package org.retellbridge.foundation.ledger;

/** What is written into the outbox after an attempt. */
final class OutboxEnds {
  private static final int LONGEST_REASON = 200;

  private final Lease lease;
  private final Backoff backoff;
  private final Counters counters;

  OutboxEnds(Lease lease, Backoff backoff, Counters counters) {
    this.lease = lease;
    this.backoff = backoff;
    this.counters = counters;
  }

  /** Says what is true of the parcel from now on. */
  Accepted settle(Tables tables, Held held, Delivery delivery) {
    if (delivery instanceof Delivery.Delivered) {
      return delivered(tables, held);
    }
    if (delivery instanceof Delivery.Never never) {
      return dead(tables, held, never.reason());
    }
    Delivery.Later later = (Delivery.Later) delivery;
    long next = lease.now() + backoff.after(held.attempts() + 1, later.retryAfter()).toMillis();
    if (next > held.giveUpAt()) {
      return dead(tables, held, "given up: " + later.reason());
    }
    tables
        .handle()
        .execute(
            "update outbox set state = 'waiting', owner = null, attempts = ?, next_attempt_at = ?,"
                + " reason = ? where seq = ? and owner = ?",
            held.attempts() + 1,
            next,
            PlainText.of(later.reason(), LONGEST_REASON),
            held.seq(),
            lease.owner());
    holdBack(tables, held, next);
    return new Accepted.Stored();
  }

  /**
   * What is behind it is not looked at before its own turn comes again. What is before it is a dead
   * letter on its way again, and waits for nobody.
   */
  private static void holdBack(Tables tables, Held held, long next) {
    tables
        .handle()
        .execute(
            "update outbox set next_attempt_at = ? where customer_hash = ? and seq > ? and state"
                + " = 'waiting' and next_attempt_at < ?",
            next,
            held.customer(),
            held.seq(),
            next);
  }

  private Accepted delivered(Tables tables, Held held) {
    tables.handle().execute("delete from outbox where seq = ?", held.seq());
    // The column vendor_id stays empty: no vendor names what it took, and migrations only add.
    tables
        .handle()
        .execute(
            "insert into deliveries (message_id, kind, attempts, accepted_at, delivered_at)"
                + " values (?, ?, ?, ?, ?) on conflict do nothing",
            held.parcel().messageId(),
            held.parcel().kind(),
            held.attempts() + 1,
            held.acceptedAt(),
            lease.now());
    return new Accepted.Delivered();
  }

  private Accepted dead(Tables tables, Held held, String reason) {
    int mine =
        tables
            .handle()
            .execute(
                "update outbox set state = 'dead', owner = null, attempts = ?, reason = ? where seq"
                    + " = ? and owner = ?",
                held.attempts() + 1,
                PlainText.of(reason, LONGEST_REASON),
                held.seq(),
                lease.owner());
    if (mine == 1) {
      tables.handle().afterCommit(() -> counters.died(held.parcel().kind()));
    }
    return new Accepted.Refused(reason);
  }
}
