package org.retellbridge.foundation.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code effects}. */
final class EffectRows {
  /** A beat must not last: the others wait for it. What is left has its turn at the next one. */
  private static final int AT_ONCE = 200;

  private final Lease lease;
  private final EffectKeys keys;

  EffectRows(Lease lease) {
    this.lease = lease;
    this.keys = new EffectKeys(lease, this::standing);
  }

  /**
   * Claims the effect, or finds what became of it.
   *
   * @param begun when it began, in milliseconds: before now where it was done without the ledger
   */
  Claim claim(Tables tables, EffectId effect, long begun) {
    String fresh = UUID.randomUUID().toString();
    return keys.point(tables, effect, fresh, begun)
        .map(known -> existing(tables, effect, known, begun))
        .orElseGet(() -> begin(tables, effect, fresh, begun));
  }

  /** The same for an effect that is done with this transaction. */
  Claim done(Tables tables, EffectId effect, String answer) {
    String fresh = UUID.randomUUID().toString();
    long now = lease.now();
    Optional<String> known = keys.point(tables, effect, fresh, now);
    if (known.isEmpty()) {
      insert(tables, effect, fresh, State.DONE, answer, now);
      return new Claim.Mine(fresh);
    }
    Claim claim = existing(tables, effect, known.get(), now);
    if (claim instanceof Claim.Mine mine) {
      finish(tables, mine.id(), new Outcome.Done(answer));
    }
    return claim;
  }

  /** Whether this process still had it. */
  boolean finish(Tables tables, String id, Outcome outcome) {
    return tables
            .handle()
            .execute(
                "update effects set state = ?, answer = ?, finished_at = ? where id = ? and owner ="
                    + " ?",
                State.of(outcome).text(),
                tables.vault().seal(outcome.answer(), EffectRow.place(id)),
                lease.now(),
                id,
                lease.owner())
        == 1;
  }

  /** How it stands, for somebody who waits for another's work; "mine" for one to claim anew. */
  Claim look(Tables tables, String id) {
    return EffectRow.read(tables, id, false)
        .filter(row -> !lapsed(row))
        .map(row -> row.claim(tables, id))
        .orElseGet(() -> new Claim.Mine(id));
  }

  /** Tells the others that this process lives, and gives up what the dead ones left: some of it. */
  List<Lapsed> beat(Tables tables, boolean alone) {
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
    List<String> lapsed =
        tables
            .handle()
            .createQuery(
                "select id from effects where state = 'running' and lease_until < ? and not"
                    + " idempotent order by lease_until, id limit ?")
            .bind(0, lease.now())
            .bind(1, AT_ONCE)
            .mapTo(String.class)
            .list();
    return lapsed.stream().flatMap(id -> giveUp(tables, id).stream()).toList();
  }

  /** Empty when another node was faster. */
  private Optional<Lapsed> giveUp(Tables tables, String id) {
    int mine =
        tables
            .handle()
            .execute(
                "update effects set state = 'unknown' where id = ? and state = 'running' and"
                    + " lease_until < ?",
                id,
                lease.now());
    return mine == 0 ? Optional.empty() : Optional.of(Lapsed.of(tables, id));
  }

  private boolean lapsed(EffectRow row) {
    return row.state() == State.RUNNING && row.leaseUntil() < lease.now();
  }

  /** Of what a dead process was at nobody knows it, whether the beat has said so or not. */
  private Optional<State> standing(Tables tables, String id) {
    return EffectRow.read(tables, id, true).map(row -> lapsed(row) ? State.UNKNOWN : row.state());
  }

  private Claim begin(Tables tables, EffectId effect, String id, long begun) {
    insert(tables, effect, id, State.RUNNING, effect.kind().unconfirmed(), begun);
    return new Claim.Mine(id);
  }

  private void insert(
      Tables tables, EffectId effect, String id, State state, String answer, long begun) {
    tables
        .handle()
        .execute(
            "insert into effects (id, call_id, function_name, kind, idempotent, state, answer,"
                + " owner, lease_until, started_at, finished_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?, ?)",
            id,
            effect.call(),
            effect.function(),
            effect.kind().name(),
            effect.kind().idempotent(),
            state.text(),
            tables.vault().seal(answer, EffectRow.place(id)),
            lease.owner(),
            lease.end(),
            begun,
            state == State.RUNNING ? null : lease.now());
  }

  private Claim existing(Tables tables, EffectId effect, String id, long begun) {
    Optional<EffectRow> found = EffectRow.read(tables, id, true);
    if (found.isEmpty()) {
      return begin(tables, effect, id, begun);
    }
    EffectRow row = found.get();
    boolean lapsed = lapsed(row);
    if (row.state() == State.OPEN || lapsed && row.idempotent()) {
      return keys.renew(tables, effect, id, begun)
          .map(other -> existing(tables, effect, other, begun))
          .orElseGet(() -> again(tables, id));
    }
    if (lapsed) {
      // The next beat says the same in its row, and counts it.
      return new Claim.Over(
          id, tables.vault().open(row.answer(), EffectRow.place(id)), State.UNKNOWN);
    }
    return row.claim(tables, id);
  }

  private Claim again(Tables tables, String id) {
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
}
