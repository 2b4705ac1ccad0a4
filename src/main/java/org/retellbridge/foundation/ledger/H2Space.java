package org.retellbridge.foundation.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * Gives back the space of what was overwritten in an H2 file. H2 does that in its background writer
 * only, which does not run with {@code WRITE_DELAY=0}: without this a file grew by 22 KB with each
 * event, for 1 KB of rows.
 */
final class H2Space {
  /** In percent: how much of the file's chunks shall be rows that are still there. */
  private static final int WANTED = 50;

  /** Moved at a time, in bytes; commits wait for it. */
  private static final int STEP = 2 << 20;

  private H2Space() {}

  /** A little at a time; nothing to do when enough of the file is in use. */
  static void reclaim(Connection connection) throws SQLException {
    store(connection).compact(WANTED, STEP);
  }

  static MVStore store(Connection connection) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore();
  }
}
