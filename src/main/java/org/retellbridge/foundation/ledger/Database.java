package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;

/**
 * Runs work in transactions on the ledger's own threads, notices when the database is gone and
 * comes back by itself. Whoever asks while it is gone is refused at once instead of waiting.
 */
final class Database implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Database.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 4;

  private final Place place;
  private final DataKey key;
  private final Executor executor;
  private final ScheduledExecutorService timers;
  private final List<Beat> beats = new CopyOnWriteArrayList<>();
  private final AtomicBoolean probing = new AtomicBoolean();
  private final Object opening = new Object();

  /** Until it is known whether it opens, work waits: what came first must not go unrecorded. */
  private final CompletableFuture<Void> firstLook = new CompletableFuture<>();

  private volatile Store store;
  private volatile Vault vault;
  private volatile Optional<String> down = Optional.of("not opened yet");
  private volatile boolean closed;

  Database(Place place, DataKey key, Executor executor, ScheduledExecutorService timers) {
    this.place = place;
    this.key = key;
    this.executor = executor;
    this.timers = timers;
  }

  /** One piece of work on the database; it may be run again when a transaction has to yield. */
  interface Work<T> {
    T on(Tables tables);
  }

  /** Something that is done every few seconds, and the first time before anybody else is let in. */
  interface Beat {
    /**
     * @param opened whether the database was just opened
     */
    void on(Tables tables, boolean opened);
  }

  void onBeat(Beat beat) {
    beats.add(beat);
  }

  /** Empty when it is up; else why it is not. */
  Optional<String> down() {
    return down;
  }

  Optional<Dialect> dialect() {
    return Optional.ofNullable(store).map(Store::dialect);
  }

  Place place() {
    return place;
  }

  /** Fails with {@link LedgerDown} and nothing else; in time even if the database hangs. */
  <T> CompletionStage<T> run(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Optional<String> reason = down;
    boolean looked = firstLook.isDone();
    if (looked && reason.isPresent()) {
      result.completeExceptionally(new LedgerDown(reason.get()));
      return result;
    }
    try {
      if (looked) {
        executor.execute(() -> complete(result, work));
      } else {
        firstLook.thenRunAsync(() -> complete(result, work), executor);
      }
      ScheduledFuture<?> limit =
          timers.schedule(() -> giveUp(result), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      result.whenComplete((value, thrown) -> limit.cancel(false));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new LedgerDown("the ledger has too much to do", e));
    }
    return result;
  }

  /** Looks whether the database can be written, and opens it when it is not open. */
  void probe() {
    if (closed || !probing.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(
          () -> {
            try {
              look();
            } finally {
              probing.set(false);
              firstLook.complete(null);
            }
          });
    } catch (RejectedExecutionException e) {
      probing.set(false);
    }
  }

  @Override
  public void close() {
    synchronized (opening) {
      closed = true;
      down = Optional.of("closed");
      firstLook.complete(null);
      if (store != null) {
        store.close();
        store = null;
      }
    }
  }

  /** Opens it on this thread; says in the state whether that worked. */
  void look() {
    synchronized (opening) {
      if (closed) {
        return;
      }
      try {
        if (store == null) {
          vault = key.vault();
          store = Store.open(place);
        }
        boolean back = down.isPresent();
        if (back) {
          store.migrate();
          store.jdbi().useTransaction(handle -> Store.checkKey(handle, vault));
        }
        store.jdbi().useTransaction(handle -> beat(tables(store, handle), back));
        if (back) {
          down = Optional.empty();
          LOGGER.log(INFO, "The ledger is open: {0} [{1}]", store.dialect(), place.name());
        }
      } catch (RuntimeException e) {
        Trouble trouble = Trouble.of(e);
        if (down.isPresent() || !trouble.passing()) {
          fell(trouble.reason());
          reopenFiles();
        }
      }
    }
  }

  private void beat(Tables tables, boolean opened) {
    beats.forEach(beat -> beat.on(tables, opened));
  }

  private Tables tables(Store open, Handle handle) {
    return new Tables(handle, vault, open.dialect().claiming());
  }

  /** An H2 file that had trouble is only sound again after it was opened anew. */
  private void reopenFiles() {
    if (place.exclusive() && store != null) {
      store.close();
      store = null;
    }
  }

  private <T> void complete(CompletableFuture<T> result, Work<T> work) {
    if (result.isDone()) {
      return;
    }
    Trouble trouble = null;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Store open = store;
      Optional<String> reason = down;
      if (open == null || reason.isPresent()) {
        result.completeExceptionally(new LedgerDown(reason.orElse("closed")));
        return;
      }
      try {
        result.complete(open.jdbi().inTransaction(handle -> work.on(tables(open, handle))));
        return;
      } catch (RuntimeException e) {
        trouble = Trouble.of(e);
        if (!trouble.passing()) {
          fail(result, trouble, e);
          return;
        }
      }
    }
    result.completeExceptionally(new LedgerDown(trouble.reason()));
  }

  private void fail(CompletableFuture<?> result, Trouble trouble, RuntimeException thrown) {
    if (trouble.ours()) {
      LOGGER.log(WARNING, "A statement of the ledger failed: {0}", trouble.reason());
    } else if (!(thrown instanceof LedgerDown)) {
      fell(trouble.reason());
      probe();
    }
    result.completeExceptionally(new LedgerDown(trouble.reason(), thrown));
  }

  private void giveUp(CompletableFuture<?> result) {
    if (result.completeExceptionally(new LedgerDown("the database did not answer in time"))
        && firstLook.isDone()) {
      fell("the database did not answer in time");
      probe();
    }
  }

  private void fell(String reason) {
    if (!closed && down.filter(reason::equals).isEmpty()) {
      down = Optional.of(reason);
      LOGGER.log(WARNING, "The ledger is down, calls go on without it: {0}", reason);
    }
  }
}
