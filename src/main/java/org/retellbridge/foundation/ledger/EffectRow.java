package org.retellbridge.foundation.ledger;

import java.util.Optional;

/** What the table {@code effects} says of one. */
record EffectRow(State state, byte[] answer, long leaseUntil, boolean idempotent) {

  /**
   * @param locking whether nobody else is to change it before this transaction ends
   */
  static Optional<EffectRow> read(Tables tables, String id, boolean locking) {
    return tables
        .handle()
        .createQuery(
            "select state, answer, lease_until, idempotent from effects where id = ?"
                + (locking ? " for update" : ""))
        .bind(0, id)
        .map(
            (row, context) ->
                new EffectRow(
                    State.parse(row.getString(1)),
                    row.getBytes(2),
                    row.getLong(3),
                    row.getBoolean(4)))
        .findOne();
  }

  /** The place of an effect's answer, for the vault. */
  static String place(String id) {
    return "effect " + id;
  }

  Claim claim(Tables tables, String id) {
    return state == State.RUNNING
        ? new Claim.Busy(id)
        : new Claim.Over(id, tables.vault().open(answer, place(id)), state);
  }
}
