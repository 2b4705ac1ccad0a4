package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.telephony.CallId;

class OutboxOnH2Test extends OutboxContract {
  @Override
  Place place() {
    return new Place.File(folder, "");
  }

  @Test
  void deliversWhatADeadProcessHadClaimed() {
    twin.mood = parcel -> new CompletableFuture<>();
    books.ledger.outbox.accept(parcel("mia", "m1"));
    Await.until("on its way", () -> twin.attempts.size() == 1);
    twin.works();
    restart();
    awaitTaken("m1");
    assertThat(twin.attempts).hasSize(2);
  }

  /** A payload of an event has some 90 KB, and a receiver that is gone leaves thousands of them. */
  @Test
  void looksAtNoPayloadToCountAndToList() {
    books.ledger.once.run(effect(), CompletableFuture::new);
    Books.get(
        books.ledger.database.run(
            tables -> {
              fill(tables, "dead", 600);
              fill(tables, "waiting", 40);
              tables.handle().execute("analyze");
              return null;
            }));
    assertThat(plan(OutboxGauge.OWED)).contains("/* public.outbox_by_age: ");
    assertThat(plan(OutboxGauge.DEAD)).contains("/* public.outbox_by_");
    assertThat(plan(DeadLetterRows.LIST)).contains("outbox_by_age").contains("index sorted");
    assertThat(plan(DeadLetterRows.NEXT)).contains("outbox_by_age").contains("index sorted");
    assertThat(plan(Retention.OLD_LETTERS))
        .as("the sweep reads what it deletes")
        .containsPattern("outbox_by_age: [^*]*accepted_at < ");
    assertThat(figures().dead()).isEqualTo(600);
    assertThat(figures().depth()).isEqualTo(40);
    assertThat(Books.get(books.ledger.outbox.undelivered(7)).letters())
        .extracting(DeadLetter::messageId)
        .containsExactly("dead0", "dead1", "dead2", "dead3", "dead4", "dead5", "dead6");
    assertThat(Books.get(books.ledger.outbox.replayAll())).isEqualTo(600);
    assertThat(figures().dead()).isZero();
  }

  private static EffectId effect() {
    return TestEffects.of(
        new CallId("call_1"), "/send_sms", InvocationKey.toolCall("tool_1"), OnceContract.SMS);
  }

  private void fill(Tables tables, String state, int count) {
    try (PreparedBatch batch =
        tables
            .handle()
            .prepareBatch(
                "insert into outbox (message_id, kind, customer_hash, payload, happened_at,"
                    + " accepted_at, give_up_at, state, attempts, next_attempt_at, lease_until)"
                    + " values (?, 'twin', ?, ?, 0, ?, ?, ?, 1, ?, 0)")) {
      long later = watch.millis() + Duration.ofHours(1).toMillis();
      for (int i = 0; i < count; i++) {
        String id = state + i;
        byte[] payload = tables.vault().seal("x".repeat(9_000), OutboxRows.place(id));
        batch.add(id, id, payload, watch.millis() + i, later, state, later);
      }
      batch.execute();
    }
  }

  private String plan(String query) {
    return Books.get(
        books.ledger.database.run(
            tables ->
                tables
                    .handle()
                    .createQuery("explain " + query.replaceAll("\\?", "7"))
                    .mapTo(String.class)
                    .one()
                    .toLowerCase(Locale.ROOT)));
  }

  /** The one desk of a file is where functions wait. */
  @Test
  void countsAndListsAside() {
    twin.answers(new Delivery.Never("400"));
    accept(parcel("mia", "m1"));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    CompletionStage<Object> busy =
        books.ledger.database.run(
            tables -> {
              begun.countDown();
              Books.await(over);
              return null;
            });
    Books.await(begun);
    books.ledger.gauge.count();
    Await.until("it is counted", () -> books.ledger.state().outbox().dead() == 1);
    assertThat(Books.get(books.ledger.outbox.undelivered(5)).letters())
        .extracting(DeadLetter::messageId)
        .containsExactly("m1");
    over.countDown();
    Books.get(busy);
    assertThat(books.ledger.state().up()).isTrue();
  }
}
