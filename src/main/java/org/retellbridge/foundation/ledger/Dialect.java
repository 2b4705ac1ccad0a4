package org.retellbridge.foundation.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** The two databases that the ledger speaks. */
enum Dialect {
  /** One node; the file lock keeps a second one out. */
  H2("", "cast(substring(hash('SHA-256', %s) from 1 for 16) as uuid)", "rownum()", ""),
  /** Many nodes; what another one is claiming is stepped over instead of waited for. */
  POSTGRESQL(
      " for update skip locked",
      "cast(encode(substring(sha256(convert_to(%s, 'UTF8')) from 1 for 16), 'hex') as uuid)",
      "row_number() over ()",
      "create index phone_calls_by_note on phone_calls (noted_at);");

  private final String claiming;
  private final String digest;
  private final String rowNumber;
  private final String indexByNote;

  Dialect(String claiming, String digest, String rowNumber, String indexByNote) {
    this.claiming = claiming;
    this.digest = digest;
    this.rowNumber = rowNumber;
    this.indexByNote = indexByNote;
  }

  /** What {@link RowKey#of} makes of a column. */
  String digest(String column) {
    return digest.formatted(column);
  }

  /** Which row of a result it is, told without keeping all of them in memory. */
  String rowNumber() {
    return rowNumber;
  }

  /** Other nodes are asked what they noted; of itself a node knows. */
  String indexByNote() {
    return indexByNote;
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
