package org.retellbridge.foundation.http;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.retellbridge.foundation.resilience.Timers;

/**
 * Asks over HTTP/1.1 on kept-alive connections, with a handful of threads whatever is in flight.
 * What an answer sets in motion runs in those threads, so it must never wait.
 */
@ApplicationScoped
public class NonBlockingHttp {
  private static final System.Logger LOGGER = System.getLogger(NonBlockingHttp.class.getName());

  /** Vendors' load balancers close what was idle for a minute; a question must not meet that. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private static final int SWEEP_SECONDS = 10;

  private ScheduledExecutorService scheduler;
  private Names names;
  private Reactor reactor;
  private Future<?> sweep;

  NonBlockingHttp() {}

  @Inject
  NonBlockingHttp(Timers timers) {
    this(timers.scheduler(), timers.executor());
  }

  /** Without a server: {@link #open} and {@link #close} are the caller's then. */
  NonBlockingHttp(ScheduledExecutorService scheduler, Executor lookups) {
    this(scheduler, new Names(lookups));
  }

  NonBlockingHttp(ScheduledExecutorService scheduler, Names names) {
    this.scheduler = scheduler;
    this.names = names;
  }

  @PostConstruct
  void open() {
    reactor = new Reactor(scheduler);
    sweep =
        scheduler.scheduleWithFixedDelay(this::closeIdle, SWEEP_SECONDS, SWEEP_SECONDS, SECONDS);
  }

  /** A timer that throws once is never called again. */
  private void closeIdle() {
    try {
      reactor.closeIdle(IDLE);
    } catch (RuntimeException | Error e) {
      LOGGER.log(ERROR, "Unexpected", e);
    }
  }

  /** While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    close();
  }

  @PreDestroy
  void close() {
    sweep.cancel(false);
    reactor.close();
  }

  /**
   * Sends the question once.
   *
   * @param limit from now to the last byte of the answer
   * @return any answer, whatever its status; else an {@link java.io.IOException}, which is a {@link
   *     java.net.ConnectException} when the vendor surely got nothing and a {@link
   *     java.net.http.HttpTimeoutException} when the limit passed
   */
  public CompletionStage<Reply> ask(Question question, Duration limit) {
    URI uri = question.server();
    long end = System.nanoTime() + limit.toNanos();
    return names
        .of(uri.getHost())
        .thenCompose(address -> send(question, target(uri, address), end));
  }

  private static HttpHost target(URI uri, InetAddress address) {
    return new HttpHost(uri.getScheme(), address, uri.getHost(), uri.getPort());
  }

  private CompletionStage<Reply> send(Question question, HttpHost target, long end) {
    long left = end - System.nanoTime();
    if (left <= 0) {
      // Whoever asked has gone, and a vendor would act for nobody.
      return CompletableFuture.failedStage(
          new Unsent(new HttpTimeoutException("the name was known too late")));
    }
    Exchange exchange = new Exchange(question, target);
    exchange.endsWith(scheduler.schedule(exchange::expire, left, NANOSECONDS));
    try {
      reactor.connect(target, connection(exchange, target));
    } catch (RuntimeException e) {
      exchange.failed(e);
    }
    return exchange.whenComplete(
        (reply, thrown) -> {
          if (thrown instanceof Unsent unsent && !unsent.givenUp()) {
            forget(target);
          }
        });
  }

  /** That nobody is there may be known only when the question's own limit has long passed. */
  private FutureCallback<AsyncClientEndpoint> connection(Exchange exchange, HttpHost target) {
    return new FutureCallback<>() {
      @Override
      public void completed(AsyncClientEndpoint connected) {
        exchange.completed(connected);
      }

      @Override
      public void failed(Exception failure) {
        if (exchange.isDone()) {
          forget(target);
        }
        exchange.failed(failure);
      }

      @Override
      public void cancelled() {
        exchange.cancelled();
      }
    };
  }

  private void forget(HttpHost target) {
    names.forget(target.getHostName(), target.getAddress());
  }
}
