package org.retellbridge.partner.retell.functions;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.retellbridge.foundation.resilience.Timers;

/**
 * Where a function runs when its request's thread has gone on: the ledger's answer comes on a
 * thread of the ledger's, of which H2 has one for everybody, and a function that blocks would hold
 * it. Here it holds one of {@link #MOST}. A queue, because what one transaction claimed comes at
 * once; what finds no thread in time is refused, and surely did nothing.
 */
@ApplicationScoped
public class FunctionThreads {
  static final int MOST = 64;
  private static final int QUEUE = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long IDLE_SECONDS = 30;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Inject private Timers timers;

  private ScheduledExecutorService scheduler;
  private ThreadPoolExecutor executor;
  private Duration patience;

  FunctionThreads() {}

  @PostConstruct
  void open() {
    open(threads, timers.scheduler(), MOST, QUEUE, PATIENCE);
  }

  void open(
      ThreadFactory factory,
      ScheduledExecutorService scheduler,
      int most,
      int queue,
      Duration patience) {
    this.scheduler = scheduler;
    this.patience = patience;
    executor =
        new ThreadPoolExecutor(
            most, most, IDLE_SECONDS, SECONDS, new ArrayBlockingQueue<>(queue), factory);
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs it on a thread of its own; {@link Crowded} when none is free in time.
   *
   * @param budget what whoever asks gives it in all. It waits for half of that at most: one that
   *     begins at the last moment can only end as uncertain
   */
  <T> CompletionStage<T> run(Supplier<CompletionStage<T>> function, Duration budget) {
    FunctionTask<T> task = new FunctionTask<>(function);
    long wait = Math.min(patience.toMillis(), budget.toMillis() / 2);
    try {
      Future<?> late = scheduler.schedule(task::refuse, wait, MILLISECONDS);
      task.answer().whenComplete((value, thrown) -> late.cancel(false));
      executor.execute(task);
    } catch (RuntimeException | Error e) {
      // Too many wait, or the server gives no threads any more: each has words of its own for that.
      task.refuse();
    }
    return task.answer();
  }

  /**
   * While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara; and
   * before the ledger ends, which writes down what is refused here.
   */
  void end(
      @Observes
          @Priority(Interceptor.Priority.APPLICATION)
          @BeforeDestroyed(ApplicationScoped.class)
          Object event) {
    close();
  }

  @PreDestroy
  void close() {
    for (Runnable waiting : executor.shutdownNow()) {
      ((FunctionTask<?>) waiting).refuse();
    }
  }

  /** No thread was free: the function did not begin. */
  static final class Crowded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crowded() {
      super("no thread was free", null, false, false);
    }
  }
}
