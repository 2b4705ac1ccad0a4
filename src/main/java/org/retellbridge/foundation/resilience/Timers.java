package org.retellbridge.foundation.resilience;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The server's own threads. {@code CompletableFuture.orTimeout} and {@code delayedExecutor} would
 * pin the first application's class loader for good (Java 17).
 */
@ApplicationScoped
public class Timers {
  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  private ManagedExecutorService executor;

  public ManagedScheduledExecutorService scheduler() {
    return scheduler;
  }

  public ManagedExecutorService executor() {
    return executor;
  }
}
