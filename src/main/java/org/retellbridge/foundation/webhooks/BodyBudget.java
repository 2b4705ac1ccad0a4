package org.retellbridge.foundation.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of all bodies on their way in. Each vendor has an account of its own, so that a
 * flood of large function calls cannot keep calls from starting.
 */
@ApplicationScoped
public class BodyBudget {
  private static final long LEAST = 16L * 1024 * 1024;

  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  Account account(String vendor) {
    return accounts.computeIfAbsent(
        vendor, name -> new Account(Math.max(LEAST, Runtime.getRuntime().maxMemory() / 8)));
  }

  /** What one vendor's bodies may hold together. */
  static final class Account {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    Account(long limit) {
      this.limit = limit;
    }

    boolean reserve(long bytes) {
      if (held.addAndGet(bytes) <= limit) {
        return true;
      }
      held.addAndGet(-bytes);
      return false;
    }

    void release(long bytes) {
      held.addAndGet(-bytes);
    }

    long held() {
      return held.get();
    }
  }
}
