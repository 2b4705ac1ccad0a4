package org.retellbridge.foundation.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** The two databases that the ledger speaks. */
enum Dialect {
  /** One node; the file lock keeps a second one out. */
  H2(""),
  /** Many nodes; what another one is claiming is stepped over instead of waited for. */
  POSTGRESQL(" for update skip locked");

  private final String claiming;

  Dialect(String claiming) {
    this.claiming = claiming;
  }

  /** What a {@code select} that chooses rows to claim ends with. */
  String claiming() {
    return claiming;
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      default -> throw new LedgerDown("the data source is neither PostgreSQL nor H2: " + product);
    };
  }
}
