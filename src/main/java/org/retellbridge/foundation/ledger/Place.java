package org.retellbridge.foundation.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Where the ledger is kept. */
interface Place {
  /** A source of connections; whoever asked for it closes it if it can be closed. */
  DataSource open();

  /** For logs and {@code /status}. */
  String name();

  /** Whether nobody else can have it open at the same time. */
  default boolean exclusive() {
    return false;
  }

  /** The server's own data source; the server pools it. */
  record Server(String name) implements Place {
    @Override
    public DataSource open() {
      try {
        return InitialContext.doLookup(name);
      } catch (NamingException | ClassCastException e) {
        throw new LedgerDown("there is no data source under the JNDI name " + name, e);
      }
    }
  }

  /**
   * An H2 file that comes with the WAR.
   *
   * @param options more of H2's own settings, each preceded by a semicolon
   */
  record File(Path folder, String options) implements Place {
    /**
     * With H2's default write delay a killed process lost up to 2,040 committed rows. Without the
     * exit hook nothing of this application stays behind in the JVM. The eight statements that a
     * connection remembers by default are fewer than one effect needs. H2 2.2 gives a result again
     * that it read while somebody else's change was not committed yet, even after the commit: a
     * quarter of the reads beside a busy writer were stale. Its trace file would be readable by all
     * and hold statements; what went wrong is logged.
     */
    private static final String ALWAYS =
        ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
            + ";DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=64;OPTIMIZE_REUSE_RESULTS=FALSE"
            + ";TRACE_LEVEL_FILE=0";

    @Override
    public DataSource open() {
      try {
        OwnersFolder.make(folder);
      } catch (IOException e) {
        throw new LedgerDown("the folder " + folder + " cannot be made", e);
      }
      try {
        OwnersFolder.keep(folder.resolve("ledger.mv.db"));
      } catch (IOException e) {
        // H2 says more exactly what is wrong, if that hinders it.
      }
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setUrl(
          "jdbc:h2:file:"
              + folder.toAbsolutePath().normalize().resolve("ledger")
              + ALWAYS
              + options);
      h2.setUser("sa");
      h2.setPassword("");
      HikariConfig config = Pools.config();
      config.setDataSource(h2);
      config.setMaxLifetime(0);
      return new HikariDataSource(config);
    }

    @Override
    public String name() {
      return folder.toAbsolutePath().resolve("ledger.mv.db").toString();
    }

    @Override
    public boolean exclusive() {
      return true;
    }
  }
}
