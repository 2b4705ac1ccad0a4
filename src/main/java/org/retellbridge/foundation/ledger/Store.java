package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.WARNING;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** An open database with this version's tables in it. */
final class Store implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Store.class.getName());
  private static final String H2_LINE = "2.2.";

  private final DataSource source;
  private final boolean own;
  private final Jdbi jdbi;
  private final Dialect dialect;

  /**
   * They live as long as the open database: a transaction that was given up may still commit, and
   * what it wrote must be known to those after it.
   */
  private final Partitions partitions;

  private final KnownCalls calls;

  private Store(DataSource source, boolean own, boolean exclusive, Dialect dialect) {
    this.source = source;
    this.own = own;
    this.jdbi = Jdbi.create(source).registerArgument(new PlainText());
    this.dialect = dialect;
    this.partitions = new Partitions(exclusive);
    this.calls = exclusive ? new KnownCalls.InMemory() : new KnownCalls.InDatabase();
  }

  static Store open(Place place) {
    DataSource source = source(place);
    boolean own = !(place instanceof Place.Server);
    try (Connection connection = source.getConnection()) {
      Dialect dialect = Dialect.of(connection);
      warnOfOtherH2(connection, dialect);
      return new Store(source, own, place.exclusive(), dialect);
    } catch (SQLException | RuntimeException e) {
      close(source, own);
      Trouble trouble = Trouble.of(e);
      throw new LedgerDown(trouble.reason() + " [" + place.name() + "]", e);
    }
  }

  private static DataSource source(Place place) {
    try {
      return place.open();
    } catch (PoolInitializationException e) {
      throw new LedgerDown(Trouble.of(e).reason() + " [" + place.name() + "]", e);
    }
  }

  /**
   * One transaction. A connection that takes no changes is given up: the database may have been
   * read-only only when it was made, or be one that is a copy now, and a pool that asks whether it
   * lives would hand it out for ever.
   */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    return jdbi.inTransaction(
        handle -> {
          try {
            return work.withHandle(handle);
          } catch (RuntimeException e) {
            if (dialect == Dialect.POSTGRESQL && Trouble.of(e).readOnly()) {
              abort(handle.getConnection());
            }
            throw e;
          }
        });
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      LOGGER.log(
          WARNING,
          "A connection that takes no changes stays open: {0}",
          e.getClass().getSimpleName());
    }
  }

  Jdbi jdbi() {
    return jdbi;
  }

  Dialect dialect() {
    return dialect;
  }

  Partitions partitions() {
    return partitions;
  }

  KnownCalls calls() {
    return calls;
  }

  void migrate() {
    Schema.migrate(source, dialect);
  }

  /** Keeps the file small; called every few seconds, outside of any transaction. */
  void tidy() {
    if (dialect != Dialect.H2 || !own) {
      return;
    }
    try (Connection connection = source.getConnection()) {
      H2Space.reclaim(connection);
    } catch (SQLException e) {
      throw new LedgerDown(Trouble.of(e).reason(), e);
    }
  }

  @Override
  public void close() {
    close(source, own);
  }

  private static void close(DataSource source, boolean own) {
    if (own && source instanceof AutoCloseable pool) {
      try {
        pool.close();
      } catch (Exception e) {
        LOGGER.log(WARNING, "The ledger''s pool did not close: {0}", e.getClass().getSimpleName());
      }
    }
  }

  /** A driver that stays registered would keep this application in memory after a redeploy. */
  static void forgetDrivers() {
    // To show a driver of the server or of another application, Java loads ours of the same name,
    // which registers itself: those shown the first time are not all.
    DriverManager.getDrivers();
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == Store.class.getClassLoader()) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
          LOGGER.log(WARNING, "{0} stays registered", driver.getClass().getName());
        }
      }
    }
  }

  private static void warnOfOtherH2(Connection connection, Dialect dialect) throws SQLException {
    String version = connection.getMetaData().getDatabaseProductVersion();
    if (dialect == Dialect.H2 && !version.startsWith(H2_LINE)) {
      LOGGER.log(
          WARNING,
          "The server brings H2 {0} instead of 2.2.224: the ledger is not tested with it",
          version);
    }
  }
}
