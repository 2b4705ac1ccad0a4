package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.telephony.CallId;

/** The same on PostgreSQL, and what only many nodes can show. */
class OutboxOnPostgresTest extends OutboxContract {
  private final String url = PostgresServer.database();

  @Override
  Place place() {
    return new DatabaseAt(url);
  }

  @Test
  void sharesTheWorkWithoutDoingItTwice() {
    // Its clock runs faster than any delivery.
    LedgerConfig patient = Books.lease(config(), Duration.ofDays(1));
    books.close();
    books = Books.open(patient, twin);
    twin.answers(BUSY);
    List<CompletableFuture<Accepted>> accepted = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      accepted.add(books.ledger.outbox.accept(parcel("c" + i % 60, "m" + i)).toCompletableFuture());
    }
    accepted.forEach(Books::get);
    TwinCourier second = new TwinCourier();
    CompletableFuture<Delivery> firstHasSome = holding(twin);
    CompletableFuture<Delivery> secondHasSome = holding(second);
    try (Books other = Books.open(patient, second)) {
      watch.forward(Duration.ofSeconds(5));
      Await.until(
          "both have some",
          () ->
              firstHasSome.getNumberOfDependents() > 0
                  && secondHasSome.getNumberOfDependents() > 0);
      twin.works();
      second.works();
      firstHasSome.complete(new Delivery.Delivered());
      secondHasSome.complete(new Delivery.Delivered());
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

  /** Lets the vendor hold what it gets, until the future is complete. */
  private static CompletableFuture<Delivery> holding(TwinCourier courier) {
    CompletableFuture<Delivery> held = new CompletableFuture<>();
    courier.mood = parcel -> held;
    return held;
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

  /** Else functions would wait for a lock on their effects, and leases would run out. */
  @Test
  void livesOnWhileTheOutboxCannotBeCounted() throws Exception {
    EffectId effect =
        TestEffects.of(
            new CallId("call_1"), "/send_sms", InvocationKey.toolCall("tool_1"), OnceContract.SMS);
    books.ledger.once.run(effect, CompletableFuture::new);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      Await.until("it is claimed", () -> lease(statement) > 0);
      connection.setAutoCommit(false);
      statement.execute("lock table outbox in access exclusive mode");
      books.ledger.gauge.count();
      watch.forward(Duration.ofSeconds(10));
      Books.get(CompletableFuture.runAsync(books.ledger.database::look));
      assertThat(lease(statement)).isEqualTo(watch.millis() + Duration.ofSeconds(30).toMillis());
      connection.rollback();
    }
  }

  private static long lease(Statement statement) {
    try (ResultSet row = statement.executeQuery("select lease_until from effects")) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
