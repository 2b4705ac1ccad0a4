package org.retellbridge.foundation.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for the tests, one server a run and one database a test.
 *
 * <p>With {@code -Dpostgres.url=jdbc:postgresql://host/db?user=…&password=…} that server is used;
 * its user must be allowed to create databases. Without it the server comes as a Maven artifact and
 * is started from a temporary folder, so that a clean machine needs nothing installed. PostgreSQL
 * refuses to run as root: there the library starts it under {@code unshare -U}, in a user namespace
 * of its own. Where the kernel forbids that (containers without user namespaces) the tests fail
 * rather than being skipped; the cure is {@code -Dpostgres.url}, for instance with Debian's
 * package: {@code apt-get install postgresql && service postgresql start}.
 */
public final class PostgresServer {
  private static final String GIVEN = System.getProperty("postgres.url", "");
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static EmbeddedPostgres embedded;

  private PostgresServer() {}

  /** The URL of a new, empty database. */
  public static synchronized String database() {
    String name = "bridge_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    execute("create database " + name);
    return admin().replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
  }

  /** Whether it takes changes, for whoever connects from now on. */
  public static void become(String url, boolean readOnly) {
    execute(
        "alter database "
            + name(url)
            + " set default_transaction_read_only = "
            + (readOnly ? "on" : "off"));
  }

  /** Ends all connections to it, as a restart does. */
  public static void endConnections(String url) {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + name(url)
            + "'");
  }

  private static void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(admin());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(String url) {
    return url.replaceFirst(".*/([^?]*).*", "$1");
  }

  private static String admin() {
    return GIVEN.isEmpty() ? embedded().getJdbcUrl("postgres", "postgres") : GIVEN;
  }

  private static EmbeddedPostgres embedded() {
    if (embedded == null) {
      try {
        embedded = EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
      } catch (IOException e) {
        throw new IllegalStateException(
            "PostgreSQL does not start; give one by -Dpostgres.url (see PostgresServer)", e);
      }
    }
    return embedded;
  }
}
