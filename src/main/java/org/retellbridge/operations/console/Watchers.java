package org.retellbridge.operations.console;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.retellbridge.foundation.resilience.Timers;

/**
 * All open pages of this node. Once a second, and only while somebody looks, the ledger is asked
 * what changed: so a page sees the calls of every node, and many pages cost what one costs.
 */
@ApplicationScoped
public class Watchers {
  private static final System.Logger LOGGER = System.getLogger(Watchers.class.getName());
  private static final Duration RHYTHM = Duration.ofSeconds(1);

  /** More pages than an operations room has screens. */
  private static final int MOST = 100;

  /** Proxies cut connections on which nothing is said, and pages give up those. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile long told;

  private Timers timers;
  private News news;
  private LongSupplier nanos;
  private ScheduledFuture<?> rhythm;

  Watchers() {}

  @Inject
  Watchers(Timers timers, News news) {
    this(timers, news, System::nanoTime);
  }

  /**
   * @param nanos a clock that nobody sets
   */
  Watchers(Timers timers, News news, LongSupplier nanos) {
    this.timers = timers;
    this.news = news;
    this.nanos = nanos;
    this.told = nanos.getAsLong();
  }

  @PostConstruct
  void start() {
    rhythm =
        timers
            .scheduler()
            .scheduleWithFixedDelay(
                this::look, RHYTHM.toMillis(), RHYTHM.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** While classes can still be loaded, for which {@code @PreDestroy} is too late on Payara. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    stop();
  }

  @PreDestroy
  void stop() {
    rhythm.cancel(false);
    watchers.forEach(Watcher::close);
  }

  void add(Watcher watcher) {
    if (watchers.size() >= MOST) {
      watcher.close();
      return;
    }
    watchers.add(watcher);
    watcher.tell("hello", news.whole(), timers.executor());
  }

  private void look() {
    Instant now = Instant.now();
    watchers.removeIf(
        watcher -> {
          boolean gone = watcher.gone(now);
          if (gone) {
            watcher.close();
          }
          return gone;
        });
    if (watchers.isEmpty()) {
      news.nobodyReads();
      return;
    }
    if (asking.compareAndSet(false, true)) {
      next()
          .whenComplete(
              (message, thrown) -> {
                asking.set(false);
                if (thrown != null) {
                  LOGGER.log(WARNING, "console: what is new cannot be told to pages", thrown);
                  return;
                }
                message.ifPresentOrElse(text -> tell("news", text), this::keepOpen);
              });
    }
  }

  /** Never throws: what a timer runs and what throws is never run again. */
  private CompletionStage<Optional<String>> next() {
    try {
      return news.next();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void keepOpen() {
    if (nanos.getAsLong() - told > LONGEST_SILENCE.toNanos()) {
      tell("beat", "{}");
    }
  }

  private void tell(String name, String data) {
    told = nanos.getAsLong();
    watchers.forEach(watcher -> watcher.tell(name, data, timers.executor()));
  }
}
