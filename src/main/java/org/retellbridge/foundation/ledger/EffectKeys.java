package org.retellbridge.foundation.ledger;

import java.util.Optional;
import java.util.function.BiFunction;

/** The table {@code effect_keys}: what makes a repeat a repeat. */
final class EffectKeys {
  /** A key without a window lives until the sweep finds its effect too old. */
  private static final long FOREVER = Long.MAX_VALUE;

  private final Lease lease;
  private final BiFunction<Tables, String, Optional<State>> states;

  /**
   * @param states where an effect stands, which is locked then; empty when there is none
   */
  EffectKeys(Lease lease, BiFunction<Tables, String, Optional<State>> states) {
    this.lease = lease;
    this.states = states;
  }

  /**
   * Makes both keys of the effect point to it; present when one points to an earlier effect. The
   * keys' rows serialise the claimants. What takes no harm from happening twice does not go by its
   * content where nobody knows what came of the earlier one: who asks anew still needs it.
   *
   * @param begun when the effect began, in milliseconds; windows count from there
   */
  Optional<String> point(Tables tables, EffectId effect, String id, long begun) {
    long until =
        effect.invocation().window().map(window -> begun + window.toMillis()).orElse(FOREVER);
    Optional<String> known = point(tables, effect.key(), id, until);
    if (known.filter(earlier -> !superseded(tables, effect, earlier)).isPresent()) {
      return known;
    }
    if (known.isPresent()) {
      move(tables, effect.key(), id);
      prolong(tables, effect.key(), id, until);
    }
    effect.latestKey().ifPresent(key -> lead(tables, key, id, begun));
    return effect
        .contentKey()
        .flatMap(content -> sameContent(tables, effect, content, id, sameContent(begun)));
  }

  /** The earlier effect with the same content, unless this one is to run all the same. */
  private Optional<String> sameContent(
      Tables tables, EffectId effect, String content, String id, long until) {
    Optional<String> known = point(tables, content, id, until);
    if (known.isEmpty()) {
      return known;
    }
    Optional<State> state =
        known.filter(any -> effect.kind().harmlessTwice()).flatMap(it -> states.apply(tables, it));
    if (state.filter(State.UNKNOWN::equals).isPresent()) {
      take(tables, content, id, until);
      return Optional.empty();
    }
    if (state.filter(State.RUNNING::equals).isPresent()) {
      // It may come to that: whoever waits for it looks again then.
      tables.handle().execute("delete from effect_keys where effect_key = ?", effect.key());
    } else {
      move(tables, effect.key(), known.get());
    }
    return known;
  }

  /**
   * The effect, of which nothing had come, begins anew, and with it the time in which the same
   * counts as a repeat; present when the same content belongs to another effect by now, to which
   * its keys point then.
   */
  Optional<String> renew(Tables tables, EffectId effect, String id, long begun) {
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

  /** What was saved first, then corrected, and is said again now, is no repeat. */
  private static boolean superseded(Tables tables, EffectId effect, String earlier) {
    return effect
        .latestKey()
        .filter(key -> effect.supersedable())
        .flatMap(key -> latest(tables, key))
        .filter(latest -> !latest.equals(earlier))
        .isPresent();
  }

  private static Optional<String> latest(Tables tables, String key) {
    return tables
        .handle()
        .createQuery("select effect_id from effect_keys where effect_key = ? for update")
        .bind(0, key)
        .mapTo(String.class)
        .findOne();
  }

  /** Unless a later one does so already: what was done without the ledger is told late. */
  private static void lead(Tables tables, String key, String id, long begun) {
    if (!insert(tables, key, id, FOREVER)) {
      tables
          .handle()
          .execute(
              "update effect_keys set effect_id = ? where effect_key = ? and not exists (select 1"
                  + " from effects where effects.id = effect_keys.effect_id and started_at > ?)",
              id,
              key,
              begun);
    }
  }

  private static long sameContent(long begun) {
    return begun + EffectId.SAME_CONTENT.toMillis();
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
    // The sweep may have removed an expired key in between.
    return take(tables, key, id, until) ? Optional.empty() : point(tables, key, id, until);
  }

  private static boolean take(Tables tables, String key, String id, long until) {
    return tables
            .handle()
            .execute(
                "update effect_keys set effect_id = ?, expires_at = ? where effect_key = ?",
                id,
                until,
                key)
        == 1;
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
