package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/** Takes parcels into the table {@code outbox}. */
final class OutboxRows {
  private static final int LONGEST_CALL = 128;

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
    return mark.map(given -> marked(tables, parcel, given))
        .orElseGet(() -> unlessKnown(tables, parcel, "", parcel.call()));
  }

  private Arrival marked(Tables tables, Parcel parcel, Mark mark) {
    Claim claim = effects.done(tables, mark.effect(), mark.answer());
    String id = claim.id();
    boolean windowed = mark.effect().invocation().window().isPresent();
    if (claim instanceof Claim.Mine) {
      // The same words after their window, or after others, of which some may have been sent
      // without the ledger: under the first one's id the vendor would drop them.
      boolean later = windowed && (mark.effect().replacing() || known(tables, parcel.messageId()));
      return unlessKnown(
          tables,
          later ? parcel.under(id) : parcel,
          mark.answer(),
          parcel.call().or(() -> named(mark.effect().call())));
    }
    String answer =
        claim instanceof Claim.Over over ? over.answer() : mark.effect().kind().unconfirmed();
    return dead(tables, windowed && known(tables, id) ? id : parcel.messageId())
        .orElseGet(() -> new Arrival.Again(answer));
  }

  private Arrival unlessKnown(Tables tables, Parcel parcel, String answer, Optional<String> call) {
    return delivered(tables, parcel.messageId())
        ? new Arrival.Again(answer)
        : insert(tables, parcel, answer, call);
  }

  private Arrival insert(Tables tables, Parcel parcel, String answer, Optional<String> call) {
    String customer = tables.vault().hash(parcel.kind() + "\n" + parcel.customerKey());
    Optional<Before> before = before(tables, customer);
    boolean first = before.isEmpty();
    long now = lease.now();
    Optional<Long> seq =
        tables
            .handle()
            .createUpdate(
                "insert into outbox (message_id, kind, customer_hash, payload, happened_at,"
                    + " accepted_at, give_up_at, state, attempts, next_attempt_at, owner,"
                    + " lease_until, call_name) values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?) on"
                    + " conflict do nothing")
            .bind(0, parcel.messageId())
            .bind(1, parcel.kind())
            .bind(2, customer)
            .bind(3, tables.vault().seal(parcel.payload(), place(parcel.messageId())))
            .bind(4, parcel.timestamp().toEpochMilli())
            .bind(5, now)
            .bind(6, now + giveUp.toMillis())
            .bind(7, first ? "sending" : "waiting")
            .bind(8, before.map(Before::next).filter(next -> next > now).orElse(now))
            .bind(9, first ? lease.owner() : null)
            .bind(10, first ? lease.end() : 0)
            .bind(11, call.map(name -> PlainText.of(name, LONGEST_CALL)).orElse(null))
            .executeAndReturnGeneratedKeys("seq")
            .mapTo(Long.class)
            .findOne();
    if (seq.isEmpty()) {
      return new Arrival.Again(answer);
    }
    return first
        ? new Arrival.First(new Held(seq.get(), customer, parcel, 0, now, now + giveUp.toMillis()))
        : new Arrival.Behind(seq.get(), customer, before.get().attempts() > 0);
  }

  /** What of the same customer is not delivered yet. */
  private static Optional<Before> before(Tables tables, String customer) {
    return tables
        .handle()
        .createQuery(
            "select max(attempts), max(next_attempt_at) from outbox where customer_hash = ? and"
                + " state <> 'dead'")
        .bind(0, customer)
        .map(
            (row, context) -> {
              int attempts = row.getInt(1);
              return row.wasNull()
                  ? Optional.<Before>empty()
                  : Optional.of(new Before(attempts, row.getLong(2)));
            })
        .one();
  }

  /** What stands for a call where an effect belongs to none is nobody's business. */
  private static Optional<String> named(String call) {
    return CallId.parse(call)
        .map(Object::toString)
        .or(() -> CallSid.parse(call).map(Object::toString));
  }

  /** A repeat of what was refused must not be told that all is well. */
  private static Optional<Arrival> dead(Tables tables, String messageId) {
    return tables
        .handle()
        .createQuery(
            "select reason from outbox where message_id = ? and state in ('dead'," + " 'gone')")
        .bind(0, messageId)
        .mapTo(String.class)
        .findOne()
        .map(Arrival.Dead::new);
  }

  private static boolean known(Tables tables, String messageId) {
    return delivered(tables, messageId)
        || tables
            .handle()
            .createQuery("select 1 from outbox where message_id = ?")
            .bind(0, messageId)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
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

  /**
   * @param attempts the most of any
   * @param next the latest time for which any waits: the others' turn does not come sooner
   */
  private record Before(int attempts, long next) {}
}
