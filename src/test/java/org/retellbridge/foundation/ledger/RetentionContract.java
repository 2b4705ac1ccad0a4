package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/** What holds on every database. */
abstract class RetentionContract {
  private static final String[] TABLES = {
    "phone_calls",
    "calls",
    "invocations",
    "effects",
    "effect_keys",
    "deliveries",
    "allowances",
    "vendor_events"
  };

  private final Watch watch = new Watch();
  private final TwinCourier twin = new TwinCourier();
  @TempDir Path folder;
  private Books books;

  abstract Place place();

  @BeforeEach
  void open() {
    books = Books.open(Books.config(place(), folder, watch), twin);
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void forgetsWhatIsTooOld() {
    fill("old", 1_200);
    watch.forward(Duration.ofDays(20));
    fill("new", 10);
    assertThat(Books.get(books.ledger.retention.run())).isZero();
    watch.forward(Duration.ofDays(11));
    assertThat(Books.get(books.ledger.retention.run())).isGreaterThanOrEqualTo(9_600);
    for (String table : TABLES) {
      assertThat(count(table)).as(table).isEqualTo(10);
    }
  }

  /** Without its key a repeat would do it a second time. */
  @Test
  void keepsTheKeyOfWhatStillRuns() {
    CallId call = new CallId("call_running");
    EffectId effect =
        TestEffects.of(call, "/send_sms", InvocationKey.toolCall("t"), OnceContract.SMS);
    books.ledger.once.run(effect, CompletableFuture::new);
    Await.until("it has begun", () -> count("effects") == 1);
    watch.forward(Duration.ofDays(31));
    Books.get(books.ledger.retention.run());
    assertThat(count("effects")).isEqualTo(1);
    assertThat(count("effect_keys")).isEqualTo(1);
  }

  /** It died after a day of attempts, and its own age is no reason to hide it. */
  @Test
  void keepsADeadLetterForItsWholeTime() {
    twin.answers(new Delivery.Never("400"));
    String old = deadLetter("old");
    watch.forward(Duration.ofDays(30).plusHours(1));
    Books.get(books.ledger.retention.run());
    assertThat(count("outbox")).as("for another day").isEqualTo(1);

    assertThat(Books.get(books.ledger.outbox.replay(old))).isTrue();
    books.ledger.dispatch.poll();
    Await.until("it is dead again", () -> dead() == 1);
    watch.forward(Duration.ofDays(30));
    String young = deadLetter("young");
    Books.get(books.ledger.retention.run());
    assertThat(count("outbox")).as("the operator has sent it again").isEqualTo(2);

    watch.forward(Duration.ofDays(2));
    Books.get(books.ledger.retention.run());
    assertThat(count("outbox")).as(young).isEqualTo(1);
    watch.forward(Duration.ofDays(31));
    Books.get(books.ledger.retention.run());
    assertThat(count("outbox")).isZero();
  }

  private String deadLetter(String name) {
    int before = dead();
    EffectId effect =
        TestEffects.of(
            new CallId("call_" + name),
            "/add_event",
            InvocationKey.toolCall("t"),
            OnceContract.SAVE);
    Books.get(
        books.ledger.outbox.accept(
            new Parcel("twin", name, name, Instant.EPOCH, "{}"), new Mark(effect, "accepted")));
    Await.until("it is dead", () -> dead() == before + 1);
    return name;
  }

  private int dead() {
    return count("outbox where state = 'dead'");
  }

  private void fill(String name, int rows) {
    for (int i = 0; i < rows; i++) {
      CallId call = new CallId("call_" + name + i);
      CallSid sid = new CallSid("CA" + UUID.randomUUID().toString().replace("-", ""));
      EffectId effect =
          TestEffects.of(call, "/add_event", InvocationKey.toolCall("t"), OnceContract.SAVE);
      books.ledger.journal.arrived(sid, false, "+61400000001", "+61255500000");
      books.ledger.journal.registered(sid, call, "agent_1", Duration.ZERO);
      books.ledger.invocations.record(
          effect.key(), "f", Optional.of(call), "done", Duration.ZERO, "", "", 2);
      Books.get(
          books.ledger.outbox.accept(
              new Parcel("twin", name + i, name + i, Instant.EPOCH, "{}"),
              new Mark(effect, "accepted")));
      Books.get(
          books.ledger.vendorEvents.firstTime(
              "call_started", new CallId("call_own_" + name + i), "", "{}", began()));
      Books.get(books.ledger.allowance.reserve(call, "sms", 3));
    }
    Await.until("the journal is written", books.ledger.journal::idle);
  }

  /** Retell's own call. */
  private Optional<CallNews> began() {
    Who who = new Who("agent_own", false, "+61400000001", "+61255500000");
    return Optional.of(CallNews.began(watch.instant()).of(who));
  }

  private int count(String table) {
    return Books.get(
        books.ledger.database.run(
            tables ->
                tables
                    .handle()
                    .createQuery("select count(*) from " + table)
                    .mapTo(Integer.class)
                    .one()));
  }
}
