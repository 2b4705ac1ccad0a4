package org.retellbridge.feature.messages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/** How many SMS a call may still send; a model that goes round in circles is expensive. */
@ApplicationScoped
public class MessagesPerCall {
  /** Retell ends a call after two hours at the latest. */
  private static final Duration LONGEST_CALL = Duration.ofHours(2).plusMinutes(10);

  private static final long MOST = 100_000;

  private final Cache<String, Semaphore> left =
      Caffeine.newBuilder().expireAfterWrite(LONGEST_CALL).maximumSize(MOST).build();

  private int perCall;

  MessagesPerCall() {}

  @Inject
  MessagesPerCall(Settings settings) {
    perCall = settings.get(Catalogue.SMS_PER_CALL);
  }

  /** Takes one of the call's messages; false when there is none left. */
  boolean reserve(String call) {
    return left.get(call, none -> new Semaphore(perCall)).tryAcquire();
  }

  /** Gives one back that was not sent. */
  void release(String call) {
    Semaphore semaphore = left.getIfPresent(call);
    if (semaphore != null) {
      semaphore.release();
    }
  }
}
