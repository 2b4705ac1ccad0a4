package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** Opens the database, knows whether it is open, and why not. */
final class Opening implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Opening.class.getName());

  private final Place place;
  private final DataKey key;
  private final List<Database.Beat> beats = new CopyOnWriteArrayList<>();

  private Store store;
  private volatile Open open;
  private volatile Optional<String> down = Optional.of("not opened yet");
  private volatile boolean closed;

  /** What a transaction needs. */
  private record Open(Store store, Vault vault) {
    Tables tables(Handle handle) {
      return new Tables(handle, vault, store.dialect(), store.partitions(), store.calls());
    }
  }

  Opening(Place place, DataKey key) {
    this.place = place;
    this.key = key;
  }

  void onBeat(Database.Beat beat) {
    beats.add(beat);
  }

  Place place() {
    return place;
  }

  /** Empty when it is up; else why it is not. */
  Optional<String> down() {
    return down;
  }

  boolean closed() {
    return closed;
  }

  Optional<Dialect> dialect() {
    return Optional.ofNullable(open).map(it -> it.store().dialect());
  }

  /** One transaction on this thread; fails with {@link LedgerDown} when it is not open. */
  <T> T transaction(Database.Work<T> work) {
    Open it = open;
    Optional<String> reason = down;
    if (it == null || reason.isPresent()) {
      throw new LedgerDown(reason.orElse("closed"));
    }
    return it.store().inTransaction(handle -> work.on(it.tables(handle)));
  }

  /** Looks whether it can be written, and opens it when it is not open. */
  synchronized void look() {
    if (closed) {
      return;
    }
    try {
      boolean back = down.isPresent();
      if (back) {
        open();
      }
      Open it = open;
      it.store().inTransaction(handle -> beat(it.tables(handle), back));
      it.store().jdbi().useHandle(it.store().calls()::readOn);
      it.store().tidy();
      if (back) {
        down = Optional.empty();
        LOGGER.log(INFO, "The ledger is open: {0} [{1}]", it.store().dialect(), place.name());
      }
    } catch (RuntimeException | LinkageError e) {
      Trouble trouble = Trouble.of(e);
      if (down.isPresent() || !trouble.passing()) {
        fell(trouble.reason(), e);
        reopenFiles();
      }
    }
  }

  /** Goes on without it until a look finds it again. */
  void fell(String reason) {
    fell(reason, null);
  }

  private void fell(String reason, Throwable thrown) {
    if (!closed && down.filter(reason::equals).isEmpty()) {
      down = Optional.of(reason);
      LOGGER.log(WARNING, "The ledger is down, calls go on without it: {0}", reason);
      if (thrown != null && !Trouble.ofDatabase(thrown)) {
        LOGGER.log(WARNING, "The database has no part in it", thrown);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    down = Optional.of("closed");
    shut();
  }

  private void open() {
    Vault vault = key.vault();
    if (store == null) {
      store = Store.open(place);
    }
    store.migrate();
    store.inTransaction(
        handle -> {
          Facts.checkTables(handle);
          Facts.checkKey(handle, vault);
          return null;
        });
    open = new Open(store, vault);
  }

  private Void beat(Tables tables, boolean opened) {
    beats.forEach(beat -> beat.on(tables, opened));
    return null;
  }

  /** An H2 file that had trouble is only sound again after it was opened anew. */
  private void reopenFiles() {
    if (place.exclusive()) {
      shut();
    }
  }

  private void shut() {
    open = null;
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
