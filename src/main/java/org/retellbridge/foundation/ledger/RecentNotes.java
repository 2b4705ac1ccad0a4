package org.retellbridge.foundation.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Of which calls this node wrote something a moment ago. An index by time would tell it too, and
 * cost each call more than all that is done for it here; other nodes are asked by one.
 */
final class RecentNotes {
  private static final Duration MEMORY = Duration.ofMinutes(1);

  /** More than a page can show anew in a minute. */
  private static final long MOST = 20_000;

  private final Clock clock;
  private final Cache<String, Instant> notes =
      Caffeine.newBuilder()
          .executor(Runnable::run) // else each use wakes the common pool
          .maximumSize(MOST)
          .expireAfterWrite(MEMORY)
          .build();

  RecentNotes(Clock clock) {
    this.clock = clock;
  }

  /** They are in the database. */
  void written(List<Step> steps) {
    Instant now = clock.instant();
    steps.forEach(step -> notes.put(step.call().value(), now));
  }

  /** By CallSid, when it was written. */
  Map<String, Instant> since(Instant then) {
    return notes.asMap().entrySet().stream()
        .filter(note -> note.getValue().isAfter(then))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
