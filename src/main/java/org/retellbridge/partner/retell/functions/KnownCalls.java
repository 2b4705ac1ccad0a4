package org.retellbridge.partner.retell.functions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;

/** The calls that this bridge registered, for functions whose bodies carry no call. */
@ApplicationScoped
public class KnownCalls {
  /** Retell ends a call after two hours at the latest. */
  private static final Duration LONGEST_CALL = Duration.ofHours(2).plusMinutes(10);

  private static final long MOST = 100_000;

  private final Cache<CallId, KnownCall> calls =
      Caffeine.newBuilder().expireAfterWrite(LONGEST_CALL).maximumSize(MOST).build();

  /** Remembers a call that was just registered. */
  public void registered(KnownCall call) {
    calls.put(call.callId(), call);
  }

  Optional<KnownCall> find(CallId callId) {
    return Optional.ofNullable(calls.getIfPresent(callId));
  }
}
