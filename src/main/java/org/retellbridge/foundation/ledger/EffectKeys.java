package org.retellbridge.foundation.ledger;

import java.util.Optional;

/** The table {@code effect_keys}: what makes a repeat a repeat. */
final class EffectKeys {
  /** A key without a window lives until the sweep finds its effect too old. */
  private static final long FOREVER = Long.MAX_VALUE;

  private final Lease lease;

  EffectKeys(Lease lease) {
    this.lease = lease;
  }

  /**
   * Makes both keys of the effect point to it; present when one points to an earlier effect. The
   * keys' rows serialise the claimants.
   *
   * @param begun when the effect began, in milliseconds; windows count from there
   */
  Optional<String> point(Tables tables, Effect effect, String id, long begun) {
    long until =
        effect.invocation().window().map(window -> begun + window.toMillis()).orElse(FOREVER);
    Optional<String> known = point(tables, effect.key(), id, until);
    if (known.isPresent() || effect.contentKey().isEmpty()) {
      return known;
    }
    known = point(tables, effect.contentKey().get(), id, sameContent(begun));
    known.ifPresent(earlier -> move(tables, effect.key(), earlier));
    return known;
  }

  /**
   * The effect, of which nothing had come, begins anew, and with it the time in which the same
   * counts as a repeat; present when the same content belongs to another effect by now, to which
   * its keys point then.
   */
  Optional<String> renew(Tables tables, Effect effect, String id, long begun) {
    Optional<String> other =
        effect
            .contentKey()
            .flatMap(key -> point(tables, key, id, sameContent(begun)))
            .filter(found -> !found.equals(id));
    if (other.isPresent()) {
      move(tables, effect.key(), other.get());
      return other;
    }
    effect
        .invocation()
        .window()
        .ifPresent(window -> prolong(tables, effect.key(), id, begun + window.toMillis()));
    effect.contentKey().ifPresent(key -> prolong(tables, key, id, sameContent(begun)));
    return Optional.empty();
  }

  private static long sameContent(long begun) {
    return begun + Effect.SAME_CONTENT.toMillis();
  }

  private static void move(Tables tables, String key, String id) {
    tables.handle().execute("update effect_keys set effect_id = ? where effect_key = ?", id, key);
  }

  private static void prolong(Tables tables, String key, String id, long until) {
    tables
        .handle()
        .execute(
            "update effect_keys set expires_at = ? where effect_key = ? and effect_id = ?",
            until,
            key,
            id);
  }

  /**
   * What is told late may be over already: it leaves the key to whoever wanted the same meanwhile.
   */
  private Optional<String> point(Tables tables, String key, String id, long until) {
    if (until < lease.now() || insert(tables, key, id, until)) {
      return Optional.empty();
    }
    Optional<String> earlier = live(tables, key);
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
    return taken == 1 ? Optional.empty() : point(tables, key, id, until);
  }

  private static boolean insert(Tables tables, String key, String id, long until) {
    return tables
            .handle()
            .execute(
                "insert into effect_keys (effect_key, effect_id, expires_at) values (?, ?, ?) on"
                    + " conflict do nothing",
                key,
                id,
                until)
        == 1;
  }

  /** Where the key points to, unless its window is over. */
  private Optional<String> live(Tables tables, String key) {
    return tables
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
  }
}
