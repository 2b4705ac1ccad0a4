package org.retellbridge.foundation.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.rehearsal.DuringStart;
import org.retellbridge.foundation.telephony.CallId;

/** A ledger without a server around it. */
final class Books implements AutoCloseable {
  final Ledger ledger;
  final Metrics metrics = new Metrics();
  private DuringStart opening;
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);

  private Books(LedgerConfig config, List<Courier> couriers) {
    ledger = new Ledger(config, couriers, metrics, threads(), timers);
  }

  static Books start(LedgerConfig config, Courier... couriers) {
    Books books = new Books(config, List.of(couriers));
    books.opening = books.ledger.start();
    return books;
  }

  static Books open(LedgerConfig config, Courier... couriers) {
    Books books = start(config, couriers);
    books.awaitUp();
    return books;
  }

  static LedgerConfig h2(Path folder) {
    return config(new Place.File(folder, ""), folder, Clock.systemUTC());
  }

  static LedgerConfig config(Place place, Path folder, Clock clock) {
    return new LedgerConfig(
        place,
        new DataKey(Optional.empty(), folder, false),
        Optional.empty(),
        Duration.ofDays(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(8),
        Duration.ofHours(24),
        clock);
  }

  static LedgerConfig lease(LedgerConfig config, Duration lease) {
    return new LedgerConfig(
        config.place(),
        config.key(),
        config.account(),
        config.retention(),
        lease,
        config.patience(),
        config.giveUp(),
        config.clock());
  }

  /** As the application does it at the end of its start. */
  void awaitOpening() {
    opening.await();
  }

  void awaitUp() {
    Await.until("the ledger is up", () -> ledger.state().up());
  }

  /** How many places of an allowance. */
  int taken(CallId call, String kind) {
    return get(
        ledger.database.run(
            tables ->
                tables
                    .handle()
                    .createQuery("select used from allowances where call_id = ? and kind = ?")
                    .bind(0, call.value())
                    .bind(1, kind)
                    .mapTo(Integer.class)
                    .one()));
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    }
  }

  static void await(java.util.concurrent.CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("not in 30 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    ledger.close();
    timers.shutdownNow();
  }

  private static java.util.concurrent.ExecutorService threads() {
    return LedgerThreads.of(
        work -> {
          Thread thread = new Thread(work, "ledger");
          thread.setDaemon(true);
          return thread;
        });
  }
}
