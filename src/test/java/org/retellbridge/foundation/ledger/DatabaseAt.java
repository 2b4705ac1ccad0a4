package org.retellbridge.foundation.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** A database by its JDBC URL, for a ledger without a server around it. */
record DatabaseAt(String url) implements Place {
  @Override
  public DataSource open() {
    HikariConfig config = Pools.config();
    config.setJdbcUrl(url);
    return new HikariDataSource(config);
  }

  @Override
  public String name() {
    return "jdbc";
  }
}
