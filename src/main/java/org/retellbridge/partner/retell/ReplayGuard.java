package org.retellbridge.partner.retell;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Binds a signature to the place where it was first used. Retell does not sign the URL, so within
 * five minutes a captured body could be sent to another function; at the same place it is a repeat,
 * which the function itself recognises. What the bridge signs itself is bound to no place of its
 * own, so that whoever is given it cannot use it here.
 */
@ApplicationScoped
public class ReplayGuard {
  private static final Duration MEMORY =
      Duration.ofMillis(2 * RetellSignature.TOLERANCE_MILLIS).plusSeconds(10);
  private static final long MOST = 200_000;

  /** No method and path look like this. */
  private static final String ELSEWHERE = "elsewhere";

  private final Cache<String, String> places =
      Caffeine.newBuilder()
          .executor(Runnable::run) // else each use wakes the common pool
          .expireAfterWrite(MEMORY)
          .maximumSize(MOST)
          .build();

  public ReplayGuard() {}

  /** Whether this signature may be used at this path and query. */
  boolean admits(String fingerprint, String place) {
    String first = places.asMap().putIfAbsent(fingerprint, place);
    return first == null || first.equals(place);
  }

  /** Keeps a signature that was made for others from being used at any place here. */
  void bar(String fingerprint) {
    places.put(fingerprint, ELSEWHERE);
  }
}
