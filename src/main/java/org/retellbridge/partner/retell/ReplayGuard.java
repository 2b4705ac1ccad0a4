package org.retellbridge.partner.retell;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * Binds a signature to the place where it was first used. Retell does not sign the URL, so within
 * five minutes a captured body could be sent to another function; at the same place it is a repeat,
 * which the function itself recognises.
 */
final class ReplayGuard {
  private static final Duration MEMORY =
      Duration.ofMillis(2 * RetellSignature.TOLERANCE_MILLIS).plusSeconds(10);
  private static final long MOST = 200_000;

  private final Cache<String, String> places =
      Caffeine.newBuilder()
          .executor(Runnable::run) // else each use wakes the common pool
          .expireAfterWrite(MEMORY)
          .maximumSize(MOST)
          .build();

  /** Whether this signature may be used at this path and query. */
  boolean admits(String fingerprint, String place) {
    String first = places.asMap().putIfAbsent(fingerprint, place);
    return first == null || first.equals(place);
  }
}
