package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The same on PostgreSQL, and what only many nodes can show. */
class OutboxOnPostgresTest extends OutboxContract {
  private final String url = PostgresServer.database();

  @Override
  Place place() {
    return new Place.Url(url);
  }

  @Test
  void sharesTheWorkWithoutDoingItTwice() {
    twin.answers(BUSY);
    List<CompletableFuture<Accepted>> accepted = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      accepted.add(books.ledger.outbox.accept(parcel("c" + i % 60, "m" + i)).toCompletableFuture());
    }
    accepted.forEach(Books::get);
    TwinCourier second = new TwinCourier();
    try (Books other = Books.open(config(), second)) {
      twin.works();
      Await.until(
          "all are delivered",
          () -> {
            watch.forward(Duration.ofSeconds(1));
            return figures().depth() == 0;
          });
      List<String> all = new ArrayList<>(twin.taken);
      all.addAll(second.taken);
      assertThat(all).hasSize(300);
      assertThat(new HashSet<>(all)).hasSize(300);
      assertThat(twin.taken).isNotEmpty();
      assertThat(second.taken).isNotEmpty();
    }
  }

  @Test
  void takesOverTheClaimsOfAKilledNode() {
    TwinCourier hanging = new TwinCourier();
    hanging.mood = parcel -> new CompletableFuture<>();
    try (Books dying = Books.open(config(), hanging)) {
      dying.ledger.outbox.accept(parcel("mia", "m1"));
      Await.until("on its way", () -> hanging.attempts.size() == 1);
    }
    books.ledger.dispatch.poll();
    assertThat(twin.attempts).isEmpty();
    watch.forward(Duration.ofSeconds(61));
    awaitTaken("m1");
  }
}
