package org.retellbridge.foundation.ledger;

class RetentionOnPostgresTest extends RetentionContract {
  private final String url = PostgresServer.database();

  @Override
  Place place() {
    return new DatabaseAt(url);
  }
}
