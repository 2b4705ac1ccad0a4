package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.ledger.PhoneCall.Stage;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.PhoneNumber;

/** A file of H2 has its keys in partitions, and whoever looks for one notices nothing of it. */
class PartitionsTest {
  private static final String NUMBER = "+61255500000";

  /** They fill more than one partition. */
  private static final int CALLS = 2 * Partitions.CALLS;

  private final Watch watch = new Watch();
  @TempDir Path folder;
  private Books books;

  @BeforeEach
  void open() {
    books = Books.open(Books.config(new Place.File(folder, ""), folder, watch));
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void findsTheCallsOfAllPartitions() {
    fill();
    assertThat(partitions())
        .as("some calls come in after a batch that fills one")
        .hasSizeBetween(2, 3);
    found();
    reopen();
    found();
  }

  @Test
  void keepsOneRowForACallThatGoesOnInAnotherPartition() {
    start(1);
    written();
    fill();
    books.ledger.journal.handedOver(sid(1));
    written();
    reopen();
    books.ledger.journal.arrived(sid(1), false, number(1), NUMBER);
    books.ledger.journal.ended(sid(1), "0", "completed");
    written();

    assertThat(rows(sid(1))).isEqualTo(1);
    assertThat(moments(sid(1).value()))
        .containsExactly("webhook", "agent", "handed_over", "webhook", "leg_ended");
  }

  @Test
  void goesOnWithTheCallsOfAnEarlierVersion() {
    List<Step> steps = List.of(arrival(sid(1)));
    in(
        tables -> {
          StepRows.write(earlier(tables), new StepId(), steps);
          return null;
        });
    reopen();
    books.ledger.journal.arrived(sid(1), false, number(1), NUMBER);
    books.ledger.journal.handedOver(sid(1));
    written();
    assertThat(rows(sid(1))).isEqualTo(1);
    assertThat(moments(sid(1).value())).containsExactly("webhook", "webhook", "handed_over");
  }

  /** The memory is ahead of the database when a transaction fails. */
  @Test
  void writesACallWhoseRowWasTakenBack() {
    in(
        tables -> {
          UUID key = RowKey.of(sid(1).value());
          tables.calls().written(key, new Partition(1).of(key));
          return null;
        });
    start(1);
    written();
    assertThat(rows(sid(1))).isEqualTo(1);
    assertThat(moments(sid(1).value())).containsExactly("webhook", "agent");
  }

  @Test
  void looksForEachCallUntilAllAreKnown() {
    for (int i = 1; i <= 7; i++) {
      start(i);
    }
    written();
    KnownCalls calls = new KnownCalls.InMemory(3);
    for (int read = 0; read < 3; read++) {
      assertThat(calls.worthALook(RowKey.of(sid(8).value()))).as("read %d times", read).isTrue();
      in(
          tables -> {
            calls.readOn(tables.handle());
            return null;
          });
    }
    assertThat(calls.worthALook(RowKey.of(sid(8).value()))).isFalse();
    for (int i = 1; i <= 7; i++) {
      assertThat(calls.worthALook(RowKey.of(sid(i).value()))).isTrue();
    }
  }

  /** Without an index each look-up would read all calls. */
  @ParameterizedTest
  @CsvSource({
    "call_sid_key, phone_calls_by_sid",
    "call_id_key, phone_calls_by_call_id",
    "customer_key, phone_calls_by_customer"
  })
  void looksForKeysInTheirIndex(String column, String index) {
    fill(500);
    String plan =
        in(
            tables ->
                tables
                    .handle()
                    .createQuery(
                        "explain select id from phone_calls where "
                            + column
                            + " = any(:keys) order by id desc limit 10")
                    .bind("keys", tables.partitions().all(tables, RowKey.of("x")))
                    .mapTo(String.class)
                    .one());
    assertThat(plan).containsIgnoringCase(index);
  }

  /** A transaction that is given up because it takes too long may still be committed. */
  @Test
  void knowsWhatATransactionWroteThatWasGivenUp() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletionStage<Object> late =
        books.ledger.database.run(
            tables -> {
              StepRows.write(tables, new StepId(), List.of(arrival(sid(1))));
              awaited(goOn);
              return null;
            });
    assertThat(late.toCompletableFuture())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(LedgerDown.class);
    Await.until("it is up again", () -> books.ledger.state().up());
    goOn.countDown();
    Await.until("it is committed", () -> rows(sid(1)) == 1);
    books.ledger.journal.handedOver(sid(1));
    written();
    assertThat(rows(sid(1))).isEqualTo(1);
    assertThat(moments(sid(1).value())).containsExactly("webhook", "handed_over");
  }

  /** How full the last one is, nobody knows after a start. */
  @Test
  void beginsANewOneAfterAStart() {
    start(1);
    written();
    reopen();
    start(2);
    start(3);
    written();
    assertThat(partitions()).containsExactly(1, 2);
  }

  @Test
  void forgetsAPartitionWithItsLastRow() {
    start(1);
    written();
    watch.forward(Duration.ofDays(20));
    reopen();
    start(2);
    written();
    watch.forward(Duration.ofDays(11));
    Books.get(books.ledger.retention.run());
    assertThat(partitions()).as("the first begun, the second not old enough").containsExactly(1, 2);

    watch.forward(Duration.ofDays(20));
    reopen();
    start(3);
    written();
    Books.get(books.ledger.retention.run());
    assertThat(partitions()).containsExactly(2, 3);
    assertThat(moments(sid(3).value())).containsExactly("webhook", "agent");
  }

  private void fill() {
    fill(CALLS);
    for (int i : List.of(1_000, 1_000 + CALLS - 1)) {
      books.ledger.invocations.record(
          "k" + i, "/send_sms", Optional.of(id(i)), "done", Duration.ZERO, "", "", 2);
    }
    written();
  }

  private void fill(int calls) {
    for (int i = 1_000; i < 1_000 + calls; i++) {
      start(i);
      watch.forward(Duration.ofMillis(1));
    }
    written();
  }

  private void found() {
    for (int i : List.of(1_000, 1_000 + CALLS / 2, 1_000 + CALLS - 1)) {
      String sid = sid(i).value();
      for (String name : List.of(sid, id(i).value())) {
        assertThat(Books.get(books.ledger.history.story(name)).orElseThrow().call().key())
            .isEqualTo(sid);
      }
      assertThat(Books.get(books.ledger.history.ofCaller(new PhoneNumber(number(i)), 5)))
          .extracting(PhoneCall::key)
          .containsExactly(sid);
      assertThat(in(tables -> CallRows.byId(tables, id(i))).orElseThrow().from())
          .isEqualTo(number(i));
    }
    assertThat(moments(sid(1_000).value())).containsExactly("webhook", "agent", "/send_sms");
    assertThat(moments(sid(1_000 + CALLS - 1).value()))
        .containsExactly("webhook", "agent", "/send_sms");
  }

  private void start(int number) {
    books.ledger.journal.arrived(sid(number), false, number(number), NUMBER);
    books.ledger.calls.started(sid(number), id(number), "agent_1", false, number(number), NUMBER);
    books.ledger.journal.registered(sid(number), id(number), "agent_1", Duration.ZERO);
  }

  private Step arrival(CallSid sid) {
    Instant now = watch.instant();
    return new Step(
        new StepId().next(now),
        sid,
        "webhook",
        Map.of(),
        Optional.empty(),
        now,
        Optional.of(new Step.Numbers(false, number(1), NUMBER)),
        Optional.of(Step.Place.of(Stage.ARRIVED, "")));
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** As it was before there were partitions. */
  private static Tables earlier(Tables tables) {
    return new Tables(
        tables.handle(),
        tables.vault(),
        tables.dialect(),
        new Partitions(false),
        new KnownCalls.InDatabase());
  }

  private List<String> moments(String name) {
    return Books.get(books.ledger.history.story(name)).orElseThrow().moments().stream()
        .map(Moment::name)
        .toList();
  }

  private List<Integer> partitions() {
    return in(
        tables ->
            tables
                .handle()
                .createQuery("select number from key_partitions order by number")
                .mapTo(Integer.class)
                .list());
  }

  private int rows(CallSid sid) {
    return in(
        tables ->
            tables
                .handle()
                .createQuery("select count(*) from phone_calls where call_sid = ?")
                .bind(0, sid.value())
                .mapTo(Integer.class)
                .one());
  }

  private <T> T in(Database.Work<T> work) {
    return Books.get(books.ledger.database.run(work));
  }

  private void written() {
    Await.until(
        "all is written", () -> books.ledger.journal.idle() && books.ledger.invocations.idle());
  }

  private void reopen() {
    books.close();
    open();
  }

  private static CallSid sid(int number) {
    return new CallSid("CA%032d".formatted(number));
  }

  private static CallId id(int number) {
    return new CallId("call_" + number);
  }

  private static String number(int number) {
    return "+614" + (10_000_000 + number);
  }
}
