package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2SpaceTest {
  private static final int EVENTS = 400;

  @TempDir Path folder;

  /** Each commit writes whole pages, of which most are soon overwritten by the next one. */
  @Test
  void givesBackWhatWasOverwritten() {
    Place place = new Place.File(folder, ";RETENTION_TIME=100");
    TwinCourier vendor = new TwinCourier();
    AtomicInteger lowest = new AtomicInteger(100);
    try (Books books = Books.open(Books.config(place, folder, Clock.systemUTC()), vendor)) {
      for (int i = 0; i < EVENTS; i++) {
        Books.get(
            books.ledger.outbox.accept(
                new Parcel("twin", "c" + i, "m" + i, Instant.EPOCH, "x".repeat(400))));
        lowest.accumulateAndGet(used(books), Math::min);
      }
      assertThat(lowest.get()).isLessThan(20);
      Await.until("most of the file is in use", () -> used(books) >= 40);
      assertThat(books.ledger.state().up()).isTrue();
    }
    try (Books books = Books.open(Books.config(place, folder, Clock.systemUTC()), vendor)) {
      assertThat(Books.get(books.ledger.database.run(H2SpaceTest::deliveries))).isEqualTo(EVENTS);
    }
  }

  /** In percent. */
  private static int used(Books books) {
    return Books.get(
        books.ledger.database.run(
            tables -> {
              try {
                return H2Space.store(tables.handle().getConnection())
                    .getFileStore()
                    .getChunksFillRate();
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
            }));
  }

  private static int deliveries(Tables tables) {
    return tables
        .handle()
        .createQuery("select count(*) from deliveries")
        .mapTo(Integer.class)
        .one();
  }
}
