package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.telephony.CallId;

/** What holds on every database. */
abstract class OutboxContract {
  static final Delivery BUSY = new Delivery.Later("503", Optional.empty());

  final Watch watch = new Watch();
  final TwinCourier twin = new TwinCourier();
  @TempDir Path folder;
  Books books;

  abstract Place place();

  LedgerConfig config() {
    return Books.config(place(), folder, watch);
  }

  @BeforeEach
  void open() {
    books = Books.open(config(), twin);
  }

  @AfterEach
  void close() {
    books.close();
  }

  void restart() {
    books.close();
    books = Books.open(config(), twin);
  }

  static Parcel parcel(String customer, String id) {
    return new Parcel("twin", customer, id, Instant.parse("2026-11-01T07:59:58Z"), "body of " + id);
  }

  Accepted accept(Parcel parcel) {
    return Books.get(books.ledger.outbox.accept(parcel));
  }

  OutboxFigures figures() {
    return Books.get(books.ledger.database.run(books.ledger.gauge::read));
  }

  void awaitTaken(String... ids) {
    Await.until(
        "taken " + List.of(ids) + ", got " + twin.taken, () -> twin.taken.equals(List.of(ids)));
    Await.until("nothing is left", () -> figures().depth() == 0);
  }

  @Test
  void deliversAtOnce() {
    assertThat(accept(parcel("mia", "m1"))).isEqualTo(new Accepted.Delivered());
    assertThat(twin.attempts.get(0).payload()).isEqualTo("body of m1");
    assertThat(twin.attempts.get(0).timestamp()).isEqualTo("2026-11-01T07:59:58Z");
    assertThat(figures()).isEqualTo(OutboxFigures.NONE);
  }

  @Test
  void acceptsTheSameMessageOnce() {
    accept(parcel("mia", "m1"));
    assertThat(accept(parcel("mia", "m1"))).isEqualTo(new Accepted.Repeat(""));
    twin.answers(BUSY);
    accept(parcel("mia", "m2"));
    assertThat(accept(parcel("mia", "m2"))).isEqualTo(new Accepted.Repeat(""));
    assertThat(twin.taken).containsExactly("m1");
  }

  @Test
  void keepsWhatTheVendorDoesNotTakeNow() {
    twin.answers(BUSY);
    assertThat(accept(parcel("mia", "m1"))).isEqualTo(new Accepted.Stored());
    twin.works();
    restart();
    watch.forward(Duration.ofSeconds(1));
    awaitTaken("m1");
    assertThat(twin.attempts.get(1).payload()).isEqualTo("body of m1");
    assertThat(twin.attempts.get(1).timestamp()).isEqualTo("2026-11-01T07:59:58Z");
  }

  @Test
  void obeysRetryAfter() {
    twin.answers(new Delivery.Later("429", Optional.of(Duration.ofSeconds(30))));
    accept(parcel("mia", "m1"));
    twin.works();
    watch.forward(Duration.ofSeconds(29));
    accept(parcel("bob", "b1"));
    books.ledger.dispatch.poll();
    int claimable = Books.get(books.ledger.database.run(this::claimable));
    assertThat(claimable).isZero();
    watch.forward(Duration.ofSeconds(2));
    awaitTaken("b1", "m1");
  }

  private Integer claimable(Tables tables) {
    return tables
        .handle()
        .createQuery("select count(*) from outbox where next_attempt_at <= ?")
        .bind(0, watch.millis())
        .mapTo(Integer.class)
        .one();
  }

  @Test
  void holdsTheOrderOfACustomerWhileTheFirstFails() {
    twin.answers(BUSY);
    accept(parcel("mia", "identify"));
    twin.works();
    assertThat(accept(parcel("mia", "track"))).isEqualTo(new Accepted.Stored());
    assertThat(accept(parcel("bob", "other"))).isEqualTo(new Accepted.Delivered());
    watch.forward(Duration.ofSeconds(1));
    awaitTaken("other", "identify", "track");
  }

  @Test
  void deliversTheSecondRightAfterTheFirst() {
    CompletableFuture<Delivery> slow = new CompletableFuture<>();
    twin.mood =
        parcel ->
            parcel.messageId().equals("identify")
                ? slow
                : CompletableFuture.completedFuture(new Delivery.Delivered());
    var first = books.ledger.outbox.accept(parcel("mia", "identify"));
    Await.until("the first is on its way", () -> twin.attempts.size() == 1);
    var second = books.ledger.outbox.accept(parcel("mia", "track"));
    Await.until("the second is stored", () -> figures().depth() == 2);
    slow.complete(new Delivery.Delivered());
    assertThat(Books.get(first)).isEqualTo(new Accepted.Delivered());
    assertThat(Books.get(second)).isEqualTo(new Accepted.Delivered());
    assertThat(twin.taken).containsExactly("identify", "track");
  }

  @Test
  void holdsNothingForARefusal() {
    twin.answers(new Delivery.Never("400"));
    assertThat(accept(parcel("mia", "bad"))).isEqualTo(new Accepted.Refused("400"));
    twin.works();
    assertThat(accept(parcel("mia", "good"))).isEqualTo(new Accepted.Delivered());
    assertThat(figures().dead()).isEqualTo(1);
  }

  @Test
  void showsItsFiguresToMeters() {
    twin.answers(new Delivery.Never("400"));
    accept(parcel("mia", "bad"));
    twin.answers(BUSY);
    accept(parcel("bob", "b1"));
    accept(parcel("bob", "b2"));
    watch.forward(Duration.ofSeconds(90));

    Await.until(
        "it is counted",
        () -> {
          books.ledger.gauge.count();
          return books.metrics.scrape().contains("bridge_outbox_oldest_seconds 90.0");
        });
    assertThat(books.metrics.scrape())
        .contains("bridge_outbox_depth 2.0", "bridge_outbox_dead 1.0");
  }

  /** The silent one's stand before the other's in every order. */
  @Test
  void letsASilentVendorTakeNoOthersPlace() {
    books.close();
    TwinCourier silent = new TwinCourier("silent");
    books = Books.open(config(), twin, silent);
    silent.answers(BUSY);
    for (int i = 0; i < 200; i++) {
      accept(new Parcel("silent", "c" + i, "s" + i, watch.instant(), "body"));
    }
    watch.forward(Duration.ofMillis(300));
    twin.answers(BUSY);
    accept(parcel("mia", "m1"));
    silent.attempts.clear();
    silent.mood = parcel -> new CompletableFuture<>();
    twin.works();

    watch.forward(Duration.ofSeconds(1));
    Await.until("taken past the silent one", () -> twin.taken.equals(List.of("m1")));
    Await.until("the silent one has its places", () -> silent.attempts.size() == 32);
    books.ledger.dispatch.poll();
    accept(parcel("bob", "m2"));
    assertThat(silent.attempts).hasSize(32);
    assertThat(twin.taken).containsExactly("m1", "m2");
  }

  /** An event of a long talk may be as large as that. */
  @Test
  void takesNoMoreAtOnceThanTheHeapCanHold() {
    String large = "x".repeat(7 << 20);
    twin.answers(BUSY);
    for (int i = 0; i < 3; i++) {
      accept(new Parcel("twin", "c" + i, "m" + i, watch.instant(), large));
    }
    Map<String, CompletableFuture<Delivery>> held = new ConcurrentHashMap<>();
    twin.attempts.clear();
    twin.mood = parcel -> held.computeIfAbsent(parcel.messageId(), id -> new CompletableFuture<>());

    watch.forward(Duration.ofSeconds(1));
    Await.until("as many as there is room for", () -> held.size() == 2);
    Books.get(books.ledger.database.run(tables -> tables));
    books.ledger.dispatch.poll();
    Books.get(books.ledger.database.run(tables -> tables));
    assertThat(twin.attempts).hasSize(2);

    Await.until(
        "each had its turn",
        () -> {
          held.forEach((id, answer) -> answer.complete(new Delivery.Delivered()));
          return Set.copyOf(twin.taken).size() == 3;
        });
    Await.until("nothing is left, got " + twin.taken, () -> figures().depth() == 0);
  }

  @Test
  void losesNoPlaceToErrors() {
    twin.mood =
        parcel -> {
          throw new NoClassDefFoundError("org/example/Gone");
        };
    for (int i = 0; i < 70; i++) {
      accept(parcel("c" + i, "m" + i));
    }
    watch.forward(Duration.ofSeconds(1));
    Await.until("all were tried again", () -> twin.attempts.size() >= 140);
    twin.works();
    Await.until(
        "all are delivered",
        () -> {
          watch.forward(Duration.ofSeconds(1));
          return Set.copyOf(twin.taken).size() == 70;
        });
  }

  /** As in a rolling update: another node can, as soon as it is its turn. */
  @Test
  void waitsNotForLongBecauseANodeCouldNot() {
    twin.answers(Delivery.Later.notHere("KEY is not set on this node"));
    accept(parcel("mia", "m1"));
    Await.until(
        "it was that node's turn often",
        () -> {
          watch.forward(Duration.ofSeconds(1));
          return twin.attempts.size() >= 10;
        });
    Await.until("it waits", () -> Books.get(books.ledger.database.run(this::waiting)) == 1);
    twin.works();
    watch.forward(Duration.ofSeconds(10));
    awaitTaken("m1");
  }

  private Integer waiting(Tables tables) {
    return tables
        .handle()
        .createQuery("select count(*) from outbox where state = 'waiting'")
        .mapTo(Integer.class)
        .one();
  }

  /** Left behind by a feature that is gone: it must end as a dead letter, not stay for ever. */
  @Test
  void givesUpWhatNobodyDelivers() {
    accept(new Parcel("gone", "mia", "g1", watch.instant(), "body"));
    watch.forward(Duration.ofHours(24));
    Await.until("a dead letter", () -> figures().dead() == 1);
  }

  @Test
  void givesUpAfterADay() {
    twin.answers(BUSY);
    accept(parcel("mia", "m1"));
    watch.forward(Duration.ofHours(24));
    Await.until("a dead letter", () -> figures().dead() == 1);
    assertThat(figures().depth()).isZero();
  }

  @Test
  void replaysDeadLetters() {
    twin.answers(new Delivery.Never("400"));
    accept(parcel("mia", "m1"));
    accept(parcel("mia", "m2"));
    twin.works();
    assertThat(Books.get(books.ledger.outbox.replay("m2"))).isTrue();
    awaitTaken("m2");
    assertThat(Books.get(books.ledger.outbox.replay("m2"))).isFalse();
    assertThat(Books.get(books.ledger.outbox.replayAll())).isEqualTo(1);
    awaitTaken("m2", "m1");
  }

  @Test
  void throwsADeadLetterAwayAndNothingElse() {
    twin.answers(new Delivery.Never("400"));
    accept(parcel("mia", "m1"));
    accept(parcel("mia", "m2"));
    twin.answers(BUSY);
    accept(parcel("bob", "waiting"));
    assertThat(Books.get(books.ledger.outbox.discard("waiting"))).isFalse();
    assertThat(Books.get(books.ledger.outbox.discard("m1"))).isTrue();
    assertThat(Books.get(books.ledger.outbox.discard("m1"))).isFalse();
    assertThat(Books.get(books.ledger.outbox.undelivered(9)).letters())
        .extracting(DeadLetter::messageId)
        .containsExactly("m2");
    assertThat(figures().depth()).isEqualTo(1);
    assertThat(figures().dead()).isEqualTo(1);
    assertThat(Books.get(books.ledger.outbox.replay("m1"))).isFalse();
    twin.works();
    assertThat(accept(parcel("mia", "m3")))
        .as("nothing waits for it")
        .isInstanceOf(Accepted.Delivered.class);
  }

  /** Somebody has to look up what is to be told the vendor by hand. */
  @Test
  void namesTheCallOfADeadLetterWhereItIsKnown() {
    twin.answers(new Delivery.Never("400"));
    accept(parcel("mia", "m1"));
    accept(parcel("mia", "m2").of(new CallId("call_2")));
    order();
    assertThat(Books.get(books.ledger.outbox.undelivered(9)).letters())
        .extracting(DeadLetter::call)
        .containsExactly(Optional.empty(), Optional.of("call_2"), Optional.of("call_1"));
  }

  @Test
  void countsEachTimeThatAParcelDies() {
    twin.answers(new Delivery.Never("400"));
    accept(parcel("mia", "m1"));
    twin.answers(BUSY);
    accept(parcel("bob", "m2"));
    watch.forward(Duration.ofHours(24));
    Await.until("given up", () -> figures().dead() == 2);
    Await.until(
        "both are counted",
        () -> books.metrics.scrape().contains("bridge_outbox_died_total{kind=\"twin\"} 2.0"));
  }

  @Test
  void marksAndAcceptsTogether() {
    EffectId effect =
        TestEffects.of(
            new CallId("call_1"),
            "/add_event",
            InvocationKey.toolCall("tool_1"),
            new Kind("event", true, false, "unconfirmed"));
    Mark mark = new Mark(effect, "accepted");
    assertThat(Books.get(books.ledger.outbox.accept(parcel("mia", "m1"), mark)))
        .isEqualTo(new Accepted.Delivered());
    assertThat(Books.get(books.ledger.outbox.accept(parcel("mia", "m2"), mark)))
        .isEqualTo(new Accepted.Repeat("accepted"));
    restart();
    assertThat(Books.get(books.ledger.outbox.accept(parcel("mia", "m3"), mark)))
        .isEqualTo(new Accepted.Repeat("accepted"));
    assertThat(twin.taken).containsExactly("m1");
  }

  /** As the functions do it: the message bears the name of the invocation. */
  private Accepted order() {
    EffectId effect =
        TestEffects.of(
            new CallId("call_1"),
            "/add_event",
            InvocationKey.arguments("summary=1 margherita"),
            new Kind("event", true, false, "unconfirmed"));
    return Books.get(
        books.ledger.outbox.accept(parcel("mia", effect.key()), new Mark(effect, "accepted")));
  }

  @Test
  void acceptsEqualArgumentsAnewAfterTheirWindow() {
    Accepted again = new Accepted.Repeat("accepted");
    assertThat(order()).isInstanceOf(Accepted.Delivered.class);
    watch.forward(Duration.ofMinutes(14));
    assertThat(order()).isEqualTo(again);
    watch.forward(Duration.ofMinutes(2));
    assertThat(order()).isInstanceOf(Accepted.Delivered.class);
    assertThat(order()).isEqualTo(again);
    restart();
    assertThat(order()).isEqualTo(again);
    watch.forward(Duration.ofMinutes(16));
    assertThat(order()).isInstanceOf(Accepted.Delivered.class);
    assertThat(twin.taken).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void acceptsEqualArgumentsAnewWhileTheFirstStillWait() {
    twin.answers(new Delivery.Later("429", Optional.of(Duration.ofMinutes(30))));
    assertThat(order()).isEqualTo(new Accepted.Stored());
    watch.forward(Duration.ofMinutes(16));
    assertThat(order()).isEqualTo(new Accepted.Stored());
    assertThat(order()).isEqualTo(new Accepted.Repeat("accepted"));
    twin.works();
    watch.forward(Duration.ofMinutes(16));
    Await.until("both are taken", () -> twin.taken.size() == 2);
    assertThat(twin.taken).doesNotHaveDuplicates();
  }

  @Test
  void tellsARepeatWhatBecameOfItsOwnWindow() {
    twin.answers(new Delivery.Never("400"));
    assertThat(order()).isEqualTo(new Accepted.Refused("400"));
    assertThat(order()).isEqualTo(new Accepted.Refused("400"));
    twin.works();
    watch.forward(Duration.ofMinutes(16));
    assertThat(order()).isInstanceOf(Accepted.Delivered.class);
    assertThat(order()).isEqualTo(new Accepted.Repeat("accepted"));
    twin.answers(new Delivery.Never("401"));
    watch.forward(Duration.ofMinutes(16));
    assertThat(order()).isEqualTo(new Accepted.Refused("401"));
    assertThat(order()).isEqualTo(new Accepted.Refused("401"));
  }

  @Test
  void acceptsNoRepeatOfWhatWasThrownAway() {
    twin.answers(new Delivery.Never("400"));
    assertThat(order()).isEqualTo(new Accepted.Refused("400"));
    String id = Books.get(books.ledger.outbox.undelivered(9)).letters().get(0).messageId();
    assertThat(Books.get(books.ledger.outbox.discard(id))).isTrue();
    assertThat(order()).isEqualTo(new Accepted.Refused("thrown away"));
    assertThat(figures().dead()).isZero();
  }

  /** As {@code /save_customer} does it, where Retell sends no id. */
  static EffectId saving(InvocationKey key) {
    return TestEffects.of(
            new CallId("call_1"),
            "/save_customer",
            key,
            new Kind("save", true, false, "unconfirmed"))
        .inPlaceOfEarlier();
  }

  private Accepted save(InvocationKey key) {
    EffectId effect = saving(key);
    return Books.get(
        books.ledger.outbox.accept(parcel("mia", effect.key()), new Mark(effect, "accepted")));
  }

  private Accepted save(String arguments) {
    return save(InvocationKey.arguments(arguments));
  }

  /** Else the customer would be kept with what the caller took back. */
  @Test
  void acceptsAgainWhatWasCorrectedInBetween() {
    Accepted again = new Accepted.Repeat("accepted");
    assertThat(save("a")).isInstanceOf(Accepted.Delivered.class);
    assertThat(save("a")).isEqualTo(again);
    assertThat(save("b")).isInstanceOf(Accepted.Delivered.class);
    assertThat(save("a")).isInstanceOf(Accepted.Delivered.class);
    assertThat(save("a")).isEqualTo(again);
    restart();
    assertThat(save("a")).isEqualTo(again);
    assertThat(save("b")).isInstanceOf(Accepted.Delivered.class);
    assertThat(save("b")).isEqualTo(again);
    assertThat(twin.taken).hasSize(4).doesNotHaveDuplicates();
  }

  /** Another path or tool may have saved it, whose invocations have ids. */
  @Test
  void knowsARepeatByItsIdWhateverCameAfterIt() {
    assertThat(save(InvocationKey.toolCall("tool_1"))).isInstanceOf(Accepted.Delivered.class);
    assertThat(save("a")).isInstanceOf(Accepted.Delivered.class);
    assertThat(save(InvocationKey.toolCall("tool_2"))).isInstanceOf(Accepted.Delivered.class);
    assertThat(save(InvocationKey.toolCall("tool_1"))).isEqualTo(new Accepted.Repeat("accepted"));
    assertThat(save("a")).isInstanceOf(Accepted.Delivered.class);
  }

  @Test
  void letsNothingReplaceAnEventThatHappened() {
    assertThat(order()).isInstanceOf(Accepted.Delivered.class);
    assertThat(save("a")).isInstanceOf(Accepted.Delivered.class);
    assertThat(order()).isEqualTo(new Accepted.Repeat("accepted"));
  }

  /** In whatever order the ledger hears of what was done without it. */
  @Test
  void takesWhatBeganLastForTheLatest() {
    long first = watch.millis();
    watch.forward(Duration.ofSeconds(10));
    save("b");
    EffectId late = saving(InvocationKey.arguments("a"));
    EffectRows rows = new EffectRows(Lease.of(Lease.USUAL, watch));
    Books.get(books.ledger.database.run(tables -> rows.claim(tables, late, first)));
    assertThat(save("b")).isEqualTo(new Accepted.Repeat("accepted"));
    assertThat(save("a")).isInstanceOf(Accepted.Delivered.class);
  }

  @Test
  void givesTheMarksAnswerForAMessageThatIsKnownWithoutIt() {
    accept(parcel("mia", "m1"));
    EffectId effect =
        TestEffects.of(
            new CallId("call_1"),
            "/add_event",
            InvocationKey.toolCall("tool_1"),
            new Kind("event", true, false, "unconfirmed"));
    assertThat(
            Books.get(
                books.ledger.outbox.accept(parcel("mia", "m1"), new Mark(effect, "accepted"))))
        .isEqualTo(new Accepted.Repeat("accepted"));
  }

  @Test
  void canCompleteAsSoonAsItIsStored() {
    CompletableFuture<Delivery> slow = new CompletableFuture<>();
    twin.mood = parcel -> slow;
    assertThat(
            Books.get(
                books.ledger.outbox.accept(parcel("mia", "m1"), Until.STORED, Optional.empty())))
        .isEqualTo(new Accepted.Stored());
    slow.complete(new Delivery.Delivered());
    awaitTaken("m1");
  }

  @Test
  void takesACourierThatThrowsForOneThatIsBusy() {
    twin.mood =
        parcel -> {
          throw new IllegalStateException("bug");
        };
    assertThat(accept(parcel("mia", "m1"))).isEqualTo(new Accepted.Stored());
  }

  @Test
  void replaysEachOfManyOnce() {
    int many = DeadLetterRows.AT_ONCE * 2 + 1;
    twin.answers(new Delivery.Never("400"));
    for (int i = 0; i < many; i++) {
      accept(parcel("c" + i, "m" + i));
    }
    // They die again while the others are still to be replayed.
    assertThat(Books.get(books.ledger.outbox.replayAll())).isEqualTo(many);
    Await.until("all were tried again", () -> twin.attempts.size() == many * 2);
    Await.until("all are dead again", () -> figures().dead() == many);
  }
}
