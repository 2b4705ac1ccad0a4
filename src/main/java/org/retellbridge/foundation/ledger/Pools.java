package org.retellbridge.foundation.ledger;

import com.zaxxer.hikari.HikariConfig;

/** How the ledger's own connections are kept. */
final class Pools {
  /** As many as there are threads that use them: nobody ever waits for a connection. */
  static final int SIZE = 8;

  private static final long PATIENCE_MILLIS = 2_000;

  private Pools() {}

  static HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setMaximumPoolSize(SIZE + 1);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    // The first connection is made by whoever opens the pool, and takes what it takes: an H2 file
    // that was not closed may need longer to open than anybody would wait for a connection.
    config.setInitializationFailTimeout(1);
    return config;
  }
}
