package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code effects} and {@code effect_keys}. */
final class EffectRows {
  /** A key without a window lives until the sweep finds its effect too old. */
  private static final long FOREVER = Long.MAX_VALUE;

  private final Lease lease;

  EffectRows(Lease lease) {
    this.lease = lease;
  }

  /** Claims the effect, or finds what became of it. The keys' rows serialise the claimants. */
  Claim claim(Tables tables, Effect effect) {
    String fresh = UUID.randomUUID().toString();
    Optional<String> known = point(tables, effect.key(), fresh, effect.invocation().window());
    if (known.isEmpty() && effect.contentKey().isPresent()) {
      known = point(tables, effect.contentKey().get(), fresh, Optional.of(Effect.SAME_CONTENT));
      known.ifPresent(
          id ->
              tables
                  .handle()
                  .execute(
                      "update effect_keys set effect_id = ? where effect_key = ?",
                      id,
                      effect.key()));
    }
    if (known.isPresent()) {
      return existing(tables, effect, known.get());
    }
    return begin(tables, effect, fresh);
  }

  /** Whether this process still had it. */
  boolean finish(Tables tables, String id, Outcome outcome) {
    return tables
            .handle()
            .execute(
                "update effects set state = ?, answer = ?, finished_at = ? where id = ? and owner ="
                    + " ?",
                State.of(outcome).text(),
                tables.vault().seal(outcome.answer(), place(id)),
                lease.now(),
                id,
                lease.owner())
        == 1;
  }

  /** How it stands, for somebody who waits for another's work; "mine" for one to claim anew. */
  Claim look(Tables tables, String id) {
    return read(tables, id, false)
        .filter(row -> !lapsed(row))
        .map(row -> row.claim(tables, id))
        .orElseGet(() -> new Claim.Mine(id));
  }

  /** Tells the others that this process lives, and gives up what the dead ones left. */
  int beat(Tables tables, boolean alone) {
    if (alone) {
      tables
          .handle()
          .execute(
              "update effects set lease_until = 0 where state = 'running' and owner <> ?",
              lease.owner());
    }
    tables
        .handle()
        .execute(
            "update effects set lease_until = ? where state = 'running' and owner = ?",
            lease.end(),
            lease.owner());
    return tables
        .handle()
        .execute(
            "update effects set state = 'unknown' where state = 'running' and lease_until < ? and"
                + " not idempotent",
            lease.now());
  }

  private boolean lapsed(Row row) {
    return row.state() == State.RUNNING && row.leaseUntil() < lease.now();
  }

  private Claim begin(Tables tables, Effect effect, String id) {
    tables
        .handle()
        .execute(
            "insert into effects (id, call_id, function_name, kind, idempotent, state, answer,"
                + " owner, lease_until, started_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            id,
            effect.call(),
            effect.function(),
            effect.kind().name(),
            effect.kind().idempotent(),
            State.RUNNING.text(),
            tables.vault().seal(effect.kind().unconfirmed(), place(id)),
            lease.owner(),
            lease.end(),
            lease.now());
    return new Claim.Mine(id);
  }

  private Claim existing(Tables tables, Effect effect, String id) {
    Optional<Row> found = read(tables, id, true);
    if (found.isEmpty()) {
      return begin(tables, effect, id);
    }
    Row row = found.get();
    boolean lapsed = lapsed(row);
    if (row.state() == State.OPEN || lapsed && row.idempotent()) {
      tables
          .handle()
          .execute(
              "update effects set state = ?, owner = ?, lease_until = ? where id = ?",
              State.RUNNING.text(),
              lease.owner(),
              lease.end(),
              id);
      return new Claim.Mine(id);
    }
    if (lapsed) {
      tables
          .handle()
          .execute("update effects set state = ? where id = ?", State.UNKNOWN.text(), id);
      return new Claim.Over(tables.vault().open(row.answer(), place(id)), State.UNKNOWN);
    }
    return row.claim(tables, id);
  }

  /** Makes the key point to this effect; present when it points to an earlier one. */
  private Optional<String> point(Tables tables, String key, String id, Optional<Duration> window) {
    long until = window.map(time -> lease.now() + time.toMillis()).orElse(FOREVER);
    if (tables
            .handle()
            .execute(
                "insert into effect_keys (effect_key, effect_id, expires_at) values (?, ?, ?) on"
                    + " conflict do nothing",
                key,
                id,
                until)
        == 1) {
      return Optional.empty();
    }
    Optional<String> earlier =
        tables
            .handle()
            .createQuery(
                "select effect_id, expires_at from effect_keys where effect_key = ? for update")
            .bind(0, key)
            .map(
                (row, context) ->
                    row.getLong(2) < lease.now()
                        ? Optional.<String>empty()
                        : Optional.of(row.getString(1)))
            .findOne()
            .flatMap(found -> found);
    if (earlier.isPresent()) {
      return earlier;
    }
    int taken =
        tables
            .handle()
            .execute(
                "update effect_keys set effect_id = ?, expires_at = ? where effect_key = ?",
                id,
                until,
                key);
    // The sweep may have removed an expired key in between.
    return taken == 1 ? Optional.empty() : point(tables, key, id, window);
  }

  private static Optional<Row> read(Tables tables, String id, boolean locking) {
    return tables
        .handle()
        .createQuery(
            "select state, answer, lease_until, idempotent from effects where id = ?"
                + (locking ? " for update" : ""))
        .bind(0, id)
        .map(
            (row, context) ->
                new Row(
                    State.parse(row.getString(1)),
                    row.getBytes(2),
                    row.getLong(3),
                    row.getBoolean(4)))
        .findOne();
  }

  private static String place(String id) {
    return "effect " + id;
  }

  private record Row(State state, byte[] answer, long leaseUntil, boolean idempotent) {
    Claim claim(Tables tables, String id) {
      return state == State.RUNNING
          ? new Claim.Busy(id)
          : new Claim.Over(tables.vault().open(answer, place(id)), state);
    }
  }
}
