package org.retellbridge.feature.calls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.partner.twilio.CallHandedOver;
import org.retellbridge.partner.twilio.HandoverWish;

/**
 * Remembers calls that are to be taken from their agent, or were a moment ago: until a minute after
 * they are due. Only the newest agent's wishes are remembered.
 */
@ApplicationScoped
public class Handovers {
  static final Duration MEMORY = Duration.ofSeconds(60);

  /** More than 300 new calls a second for a minute; the heap must hold them. */
  private static final long MOST = 20_000;

  private final Cache<CallSid, HandoverWish> wishes;

  public Handovers() {
    this(Ticker.systemTicker());
  }

  Handovers(Ticker ticker) {
    wishes =
        memory(ticker)
            .<CallSid, HandoverWish>expireAfter(
                Expiry.writing((callSid, wish) -> wish.delay().plus(MEMORY)))
            .build();
  }

  /** Of as many calls as the heap must hold. */
  static Caffeine<Object, Object> memory(Ticker ticker) {
    return Caffeine.newBuilder()
        .ticker(ticker)
        .executor(Runnable::run) // else each use wakes the common pool
        .maximumSize(MOST);
  }

  void remember(@Observes CallHandedOver event) {
    HandoverWish wish = event.wish();
    HandoverWish former = wishes.asMap().put(wish.callSid(), wish);
    if (former != null) {
      wish.follows(former);
    }
  }

  /** What the newest agent of this call had done with it, if it handed it over. */
  Optional<HandoverWish> of(CallSid callSid) {
    return Optional.ofNullable(wishes.getIfPresent(callSid)).flatMap(HandoverWish::inForce);
  }

  /** The call is with another agent from now on. */
  void forget(CallSid callSid) {
    wishes.invalidate(callSid);
  }
}
