package org.retellbridge.foundation.ledger;

class HistoryOnPostgresTest extends HistoryContract {
  private final String url = PostgresServer.database();

  @Override
  Place place() {
    return new Place.Url(url);
  }
}
