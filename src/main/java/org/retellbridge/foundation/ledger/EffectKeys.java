package org.retellbridge.foundation.ledger;

import java.time.Duration;
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
   */
  Optional<String> point(Tables tables, Effect effect, String id) {
    Optional<String> known = point(tables, effect.key(), id, effect.invocation().window());
    if (known.isPresent() || effect.contentKey().isEmpty()) {
      return known;
    }
    known = point(tables, effect.contentKey().get(), id, Optional.of(Effect.SAME_CONTENT));
    known.ifPresent(earlier -> move(tables, effect.key(), earlier));
    return known;
  }

  /**
   * The effect, of which nothing had come, begins now, and with it the time in which the same
   * counts as a repeat; present when the same content belongs to another effect by now, to which
   * its keys point then.
   */
  Optional<String> renew(Tables tables, Effect effect, String id) {
    Optional<String> other =
        effect
            .contentKey()
            .flatMap(key -> point(tables, key, id, Optional.of(Effect.SAME_CONTENT)))
            .filter(found -> !found.equals(id));
    if (other.isPresent()) {
      move(tables, effect.key(), other.get());
      return other;
    }
    effect.invocation().window().ifPresent(window -> prolong(tables, effect.key(), window));
    effect.contentKey().ifPresent(key -> prolong(tables, key, Effect.SAME_CONTENT));
    return Optional.empty();
  }

  private static void move(Tables tables, String key, String id) {
    tables.handle().execute("update effect_keys set effect_id = ? where effect_key = ?", id, key);
  }

  private void prolong(Tables tables, String key, Duration window) {
    tables
        .handle()
        .execute(
            "update effect_keys set expires_at = ? where effect_key = ?",
            lease.now() + window.toMillis(),
            key);
  }

  private Optional<String> point(Tables tables, String key, String id, Optional<Duration> window) {
    long until = window.map(time -> lease.now() + time.toMillis()).orElse(FOREVER);
    if (insert(tables, key, id, until)) {
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
    return taken == 1 ? Optional.empty() : point(tables, key, id, window);
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
