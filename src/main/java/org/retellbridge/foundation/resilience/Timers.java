package org.retellbridge.foundation.resilience;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The server's own threads, and timers on them. {@code CompletableFuture.orTimeout} and {@code
 * delayedExecutor} would pin the first application's class loader for good (Java 17); the server's
 * {@code ManagedScheduledExecutorService} captures the application's context for every task, for
 * which Payara searches the whole class path: milliseconds for each call's deadline.
 */
@ApplicationScoped
public class Timers {
  private static final int THREADS = 2;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  private ManagedExecutorService executor;

  private ScheduledThreadPoolExecutor scheduler;

  @PostConstruct
  void open() {
    scheduler = new ScheduledThreadPoolExecutor(THREADS, threads);
    scheduler.setRemoveOnCancelPolicy(true);
  }

  /** After all others: their last work may need a timer. */
  void end(
      @Observes @Priority(Integer.MAX_VALUE) @BeforeDestroyed(ApplicationScoped.class)
          Object event) {
    close();
  }

  @PreDestroy
  void close() {
    scheduler.shutdownNow();
  }

  /** For short tasks that never wait. */
  public ScheduledExecutorService scheduler() {
    return scheduler;
  }

  public ManagedExecutorService executor() {
    return executor;
  }
}
