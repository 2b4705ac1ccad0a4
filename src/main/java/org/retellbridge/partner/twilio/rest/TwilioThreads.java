package org.retellbridge.partner.twilio.rest;

import static java.util.concurrent.TimeUnit.SECONDS;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.retellbridge.foundation.resilience.VendorFailure;

/**
 * The threads that wait for Twilio, because its SDK is synchronous. They are the server's, but not
 * its default executor's: Payara and GlassFish give that one six threads and a queue of thousands,
 * in which a request would wait until its agent had long been told that it failed. Here is no
 * queue: beyond {@link #MOST} the answer is a refusal that the agent can speak.
 */
@ApplicationScoped
public class TwilioThreads {
  static final int MOST = 64;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  private ExecutorService waiting;
  private ExecutorService wire;

  TwilioThreads() {}

  @PostConstruct
  void open() {
    open(threads, MOST);
  }

  void open(ThreadFactory factory, int most) {
    waiting = new ThreadPoolExecutor(0, most, 30, SECONDS, new SynchronousQueue<>(), factory);
    // Apart from those that wait, else the answer could find nobody to receive it.
    wire = Executors.newCachedThreadPool(factory);
  }

  /** For the HTTP client's own work, which never waits. */
  Executor wire() {
    return wire;
  }

  /** Does it on a thread of its own; {@code CROWDED} when there is none left. */
  <T> CompletionStage<T> run(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, waiting);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          VendorFailure.of(TwilioRest.VENDOR, VendorFailure.Kind.CROWDED));
    }
  }

  /** While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    close();
  }

  @PreDestroy
  void close() {
    waiting.shutdownNow();
    wire.shutdown();
  }
}
