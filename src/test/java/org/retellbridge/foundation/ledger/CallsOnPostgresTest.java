package org.retellbridge.foundation.ledger;

class CallsOnPostgresTest extends CallsContract {
  private final String url = PostgresServer.database();

  @Override
  Place place() {
    return new DatabaseAt(url);
  }
}
