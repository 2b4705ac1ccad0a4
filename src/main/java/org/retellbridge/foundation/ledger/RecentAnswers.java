package org.retellbridge.foundation.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What this node answered lately: it spares repeats a look into the database, and is all there is
 * while the ledger is down.
 */
final class RecentAnswers {
  /** In characters: about 10 MB with what belongs to an entry. */
  private static final long MOST = 8_000_000;

  /** What an entry weighs besides its answer. */
  private static final int ENTRY = 250;

  private static final Duration MEMORY = Duration.ofHours(2);

  private final Clock clock;
  private final Cache<String, Kept> kept =
      Caffeine.newBuilder()
          .executor(Runnable::run) // else each use wakes the common pool
          .maximumWeight(MOST)
          .weigher((String key, Kept kept) -> ENTRY + kept.answer().length())
          .expireAfterWrite(MEMORY)
          .build();

  RecentAnswers(Clock clock) {
    this.clock = clock;
  }

  /** The answer to an earlier run of the same invocation. */
  Optional<String> ofInvocation(EffectId effect) {
    return superseded(effect) ? Optional.empty() : find(effect.key());
  }

  /** Whether another one has taken its place since, as far as this node knows. */
  boolean superseded(EffectId effect) {
    return effect
        .latestKey()
        .filter(key -> effect.supersedable())
        .flatMap(this::find)
        .filter(latest -> !latest.equals(effect.key()))
        .isPresent();
  }

  /** Of those that replace each other, it is the latest. */
  void latest(EffectId effect) {
    effect
        .latestKey()
        .ifPresent(key -> kept.put(key, new Kept(effect.key(), Long.MAX_VALUE, true)));
  }

  /** The answer to an earlier run with the same content. */
  Optional<String> ofContent(EffectId effect) {
    return effect.contentKey().flatMap(this::find);
  }

  /** The same, if the ledger does not know of it. */
  Optional<String> ofContentUnsaved(EffectId effect) {
    return effect
        .contentKey()
        .filter(
            key -> {
              Kept found = kept.getIfPresent(key);
              return found != null && !found.saved();
            })
        .flatMap(this::find);
  }

  /**
   * @param begun when the effect began, in milliseconds; windows count from there
   * @param saved whether the ledger knows it as well
   */
  void keep(EffectId effect, String answer, long begun, boolean saved) {
    long until =
        effect.invocation().window().map(time -> begun + time.toMillis()).orElse(Long.MAX_VALUE);
    kept.put(effect.key(), new Kept(answer, until, saved));
    latest(effect);
    effect
        .contentKey()
        .ifPresent(
            key ->
                kept.put(key, new Kept(answer, begun + EffectId.SAME_CONTENT.toMillis(), saved)));
  }

  /** The ledger's answer to a repeat. Where a window counts, the ledger knows when it began. */
  void repeated(EffectId effect, String answer) {
    if (effect.invocation().window().isEmpty()) {
      kept.put(effect.key(), new Kept(answer, Long.MAX_VALUE, true));
    }
  }

  private Optional<String> find(String key) {
    return Optional.ofNullable(kept.getIfPresent(key))
        .filter(found -> found.until() >= clock.millis())
        .map(Kept::answer);
  }

  private record Kept(String answer, long until, boolean saved) {}
}
