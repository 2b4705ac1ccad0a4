package org.retellbridge.foundation.ledger;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

class LedgerDownTest {
  private static final CallId CALL = new CallId("call_1");
  private static final CallSid SID = new CallSid("CA0123456789abcdef0123456789abcdef");
  private static final Kind SMS = new Kind("sms", false, false, "unconfirmed");

  private final AtomicInteger runs = new AtomicInteger();
  private final TwinCourier twin = new TwinCourier();
  @TempDir Path folder;

  private static EffectId effect(String id) {
    return TestEffects.of(CALL, "/send_sms", InvocationKey.toolCall(id), SMS);
  }

  private String run(Books books, String id) {
    return run(books, effect(id));
  }

  private String run(Books books, EffectId effect) {
    return Books.get(
        books.ledger.once.run(
            effect,
            () ->
                CompletableFuture.completedFuture(
                    new Outcome.Done("answer " + runs.incrementAndGet()))));
  }

  private static Parcel parcel(String id) {
    return new Parcel("twin", "mia", id, Instant.now(), "body");
  }

  private static void awaitDown(Books books, String reason) {
    Await.until("down: " + reason, () -> books.ledger.state().down().orElse("").contains(reason));
  }

  /** What is loaded later might find the jars closed that Payara closes at the end of a start. */
  @Test
  void isOpenAtTheEndOfTheStart() {
    try (Books books = Books.start(Books.h2(folder), twin)) {
      books.awaitOpening();
      assertThat(books.ledger.state().down()).isEmpty();
    }
  }

  @Test
  void goesOnInMemoryWhileTheFileIsLocked() throws IOException {
    Books.open(Books.h2(folder)).close();
    try (FileChannel file = FileChannel.open(folder.resolve("ledger.mv.db"), READ, WRITE)) {
      FileLock lock = file.lock();
      try (Books books = Books.start(Books.h2(folder), twin)) {
        awaitDown(books, "locked by another process");
        assertThat(run(books, "tool_1")).isEqualTo("answer 1");
        assertThat(run(books, "tool_1")).isEqualTo("answer 1");
        assertThat(books.ledger.state().degraded()).isEqualTo(1);
        assertThat(books.metrics.scrape())
            .contains("bridge_ledger_degraded_total{what=\"once\"} 1.0");
        lock.release();
        books.awaitUp();
        assertThat(run(books, "tool_1")).isEqualTo("answer 1");
        Await.until("the outcome was saved", () -> books.ledger.state().unsaved() == 0);
      }
    }
    try (Books later = Books.open(Books.h2(folder))) {
      assertThat(run(later, "tool_1"))
          .as("what was done without it is known")
          .isEqualTo("answer 1");
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void refusesTablesThatANewerVersionHasChanged() {
    Books.open(Books.h2(folder)).close();
    change("update facts set fact = '" + (Schema.newest() + 1) + "' where name = 'tables'");
    try (Books books = Books.start(Books.h2(folder))) {
      awaitDown(books, "the tables are of a newer version of the bridge");
    }
  }

  @Test
  void goesOnWithTablesToWhichANewerVersionHasAdded() {
    Books.open(Books.h2(folder)).close();
    change(
        "insert into \"ledger_schema\" select 99, '99', 'later', type, 'V99__later.sql', checksum,"
            + " installed_by, installed_on, 0, true from \"ledger_schema\" where version = '8'");
    try (Books books = Books.open(Books.h2(folder))) {
      assertThat(run(books, "tool_1")).isEqualTo("answer 1");
      assertThat(books.ledger.state().degraded()).isZero();
    }
  }

  /** More than are written at once, and a stop before they could have followed. */
  @Test
  void savesAllOutcomesAtItsEnd() throws IOException {
    int many = 1_000;
    Books.open(Books.h2(folder)).close();
    try (FileChannel file = FileChannel.open(folder.resolve("ledger.mv.db"), READ, WRITE)) {
      FileLock lock = file.lock();
      try (Books books = Books.start(Books.h2(folder))) {
        awaitDown(books, "locked by another process");
        for (int i = 1; i <= many; i++) {
          assertThat(run(books, "tool_" + i)).isEqualTo("answer " + i);
        }
        lock.release();
        books.awaitUp();
      }
    }
    try (Books later = Books.open(Books.h2(folder))) {
      for (int i = 1; i <= many; i++) {
        assertThat(run(later, "tool_" + i)).isEqualTo("answer " + i);
      }
    }
  }

  /** A version that changes tables says so to those before it. */
  @Test
  void tellsEarlierVersionsWhatTheyMustKnow() {
    Books.open(Books.h2(folder)).close();
    change("update facts set fact = '1' where name = 'tables'");
    Books.open(Books.h2(folder)).close();
    assertThat(change("delete from facts where name = 'tables' and fact = '" + Schema.LEAST + "'"))
        .isEqualTo(1);
  }

  private int change(String statement) {
    try (HikariDataSource source = (HikariDataSource) new Place.File(folder, "").open()) {
      return Jdbi.create(source).withHandle(handle -> handle.execute(statement));
    }
  }

  /** As docs/operations.md says it: moved aside, not deleted. */
  @Test
  void saysThatTheFileIsDamagedAndBeginsAnewWhenItIsMovedAside() throws IOException {
    try (Books books = Books.open(Books.h2(folder))) {
      Books.get(books.ledger.switches.change(Map.of("AI_SHARE", Optional.of("0"))));
    }
    Path file = folder.resolve("ledger.mv.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 0, bytes.length, (byte) 'x');
    Files.write(file, bytes);
    try (Books books = Books.start(Books.h2(folder), twin)) {
      awaitDown(books, "the H2 file is damaged");
      Files.move(file, folder.resolve("ledger.mv.db.damaged"));
      books.awaitUp();
      assertThat(books.ledger.switches.get("AI_SHARE")).isEmpty();
    }
  }

  @Test
  void saysThatItDoesNotKnowWhatWasSwitchedUntilItIsRead() throws IOException {
    try (Books books = Books.open(Books.h2(folder))) {
      Books.get(books.ledger.switches.change(Map.of("AI_SHARE", Optional.of("0"))));
    }
    try (FileChannel file = FileChannel.open(folder.resolve("ledger.mv.db"), READ, WRITE);
        Logged log = Logged.by(Switches.class)) {
      FileLock lock = file.lock();
      try (Books books = Books.start(Books.h2(folder), twin)) {
        Switches switches = books.ledger.switches;
        awaitDown(books, "locked by another process");
        assertThat(switches.read()).isFalse();
        Await.until("it is said", () -> !log.lines().isEmpty());
        lock.release();
        books.awaitUp();
        assertThat(switches.read()).isTrue();
        assertThat(switches.get("AI_SHARE")).hasValue("0");
        assertThat(switches.found()).as("not at the start").isEmpty();
        assertThat(log.lines())
            .singleElement()
            .asString()
            .startsWith("WARNING The ledger was not read at the start");
      }
    }
  }

  /** There is no row in which they would meet. */
  @Test
  void runsOneAfterTheOtherWhoWaitedForOneOfWhichNothingCame() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    try (Books books = Books.start(Books.h2(notAFolder.resolve("data")))) {
      awaitDown(books, "neither read nor made");
      CompletableFuture<Outcome> first = new CompletableFuture<>();
      CompletableFuture<Outcome> second = new CompletableFuture<>();
      var one = books.ledger.once.run(effect("tool_1").containing("Hello"), () -> first);
      List<CompletionStage<String>> waiting = new ArrayList<>();
      for (int i = 2; i < 5; i++) {
        waiting.add(
            books.ledger.once.run(
                effect("tool_" + i).containing("Hello"),
                () -> {
                  runs.incrementAndGet();
                  return second;
                }));
      }
      first.complete(new Outcome.Failed("busy"));
      assertThat(Books.get(one)).isEqualTo("busy");
      Await.until("the next began", () -> runs.get() > 0);
      waiting.add(
          books.ledger.once.run(
              effect("tool_5").containing("Hello"),
              () -> {
                runs.incrementAndGet();
                return second;
              }));
      second.complete(new Outcome.Done("sent"));
      for (CompletionStage<String> waits : waiting) {
        assertThat(Books.get(waits)).isEqualTo("sent");
      }
      assertThat(runs).hasValue(1);
    }
  }

  /** After an outage of which the window is long over. */
  @Test
  void doesOnceMoreWhatIsWantedLongAfterItWasDoneWithoutTheLedger() throws IOException {
    Watch watch = new Watch();
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    Place place = new Place.File(notAFolder.resolve("data"), "");
    try (Books books = Books.start(Books.config(place, notAFolder.resolve("data"), watch))) {
      awaitDown(books, "neither read nor made");
      assertThat(run(books, effect("tool_1").containing("Hello"))).isEqualTo("answer 1");
      Files.delete(notAFolder);
      watch.forward(Duration.ofMinutes(10));
      books.awaitUp();
      assertThat(run(books, effect("tool_2").containing("Hello"))).isEqualTo("answer 2");
      assertThat(run(books, effect("tool_1").containing("Hello"))).isEqualTo("answer 1");
    }
  }

  /** A node answers before its ledger is open; what comes in by then must not go unrecorded. */
  @Test
  void waitsWhileItIsOpenedForTheFirstTime() {
    try (Books books = Books.start(Books.h2(folder))) {
      assertThat(run(books, "tool_1")).isEqualTo("answer 1");
      assertThat(books.ledger.state().degraded()).isZero();
    }
    try (Books later = Books.open(Books.h2(folder))) {
      assertThat(run(later, "tool_1")).isEqualTo("answer 1");
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void startsCallsWhileItIsDown() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    try (Books books = Books.start(Books.h2(notAFolder.resolve("data")))) {
      awaitDown(books, "neither read nor made");
      books.ledger.calls.started(SID, CALL, "agent_1", false, "+61400000001", "+61255500000");
      assertThat(Books.get(books.ledger.calls.findByCallId(CALL)))
          .hasValueSatisfying(call -> assertThat(call.from()).isEqualTo("+61400000001"));
      assertThat(Books.get(books.ledger.allowance.reserve(CALL, "sms", 1))).isPresent();
      assertThat(Books.get(books.ledger.allowance.reserve(CALL, "sms", 1))).isEmpty();
      assertThatThrownBy(
              () ->
                  Books.get(
                      books.ledger.vendorEvents.firstTime(
                          "call_ended", CALL, "", "{}", Optional.empty())))
          .isInstanceOf(LedgerDown.class);
      Files.delete(notAFolder);
      books.awaitUp();
      Await.until(
          "the call was written",
          () -> Books.get(books.ledger.history.story(SID.value())).isPresent());
    }
  }

  @Test
  void tellsTheTruthAboutParcelsWhileItIsDown() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    try (Books books = Books.start(Books.h2(notAFolder.resolve("data")), twin)) {
      awaitDown(books, "neither read nor made");
      Mark mark = new Mark(effect("tool_1"), "accepted");
      assertThat(Books.get(books.ledger.outbox.accept(parcel("m1"), mark)))
          .isEqualTo(new Accepted.Delivered());
      assertThat(Books.get(books.ledger.outbox.accept(parcel("m2"), mark)))
          .isEqualTo(new Accepted.Repeat("accepted"));
      twin.answers(new Delivery.Later("503", Optional.empty()));
      assertThat(Books.get(books.ledger.outbox.accept(parcel("m3"))))
          .isEqualTo(new Accepted.Lost("503"));
    }
  }

  @Test
  void acceptsAgainWhatWasCorrectedInBetweenWhileItIsDown() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    try (Books books = Books.start(Books.h2(notAFolder.resolve("data")), twin)) {
      awaitDown(books, "neither read nor made");
      assertThat(save(books, "a")).isInstanceOf(Accepted.Delivered.class);
      assertThat(save(books, "a")).isEqualTo(new Accepted.Repeat("accepted"));
      assertThat(save(books, "b")).isInstanceOf(Accepted.Delivered.class);
      assertThat(save(books, "a")).isInstanceOf(Accepted.Delivered.class);
      assertThat(save(books, "a")).isEqualTo(new Accepted.Repeat("accepted"));
      assertThat(twin.taken).hasSize(3).doesNotHaveDuplicates();
      Files.delete(notAFolder);
      books.awaitUp();
      assertThat(save(books, "c")).isInstanceOf(Accepted.Delivered.class);
      assertThat(save(books, "a")).isInstanceOf(Accepted.Delivered.class);
      assertThat(twin.taken).hasSize(5).doesNotHaveDuplicates();
    }
  }

  private static Accepted save(Books books, String arguments) {
    EffectId effect = OutboxContract.saving(InvocationKey.arguments(arguments));
    return Books.get(
        books.ledger.outbox.accept(parcel(effect.key()), new Mark(effect, "accepted")));
  }

  @Test
  void saysThatTheDatabaseIsReadOnly() {
    Books.open(Books.h2(folder)).close();
    Place readOnly = new Place.File(folder, ";ACCESS_MODE_DATA=r");
    LedgerConfig config = Books.config(readOnly, folder, java.time.Clock.systemUTC());
    try (Books books = Books.start(config)) {
      awaitDown(books, "read-only");
      assertThat(run(books, "tool_1")).isEqualTo("answer 1");
    }
  }

  /** As after a failover to a node that is still a copy; the connections to it stay alive. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&targetServerType=primary"})
  void saysThatPostgresIsReadOnlyAndComesBack(String options) throws Exception {
    String url = PostgresServer.database();
    LedgerConfig config =
        Books.config(new DatabaseAt(url + options), folder, java.time.Clock.systemUTC());
    try (Books books = Books.open(config, twin)) {
      assertThat(run(books, "tool_1")).isEqualTo("answer 1");
      PostgresServer.become(url, true);
      PostgresServer.endConnections(url);
      awaitDown(books, "read-only");
      assertThat(run(books, "tool_2")).isEqualTo("answer 2");
      PostgresServer.become(url, false);
      books.awaitUp();
      assertThat(run(books, "tool_2")).isEqualTo("answer 2");
      Await.until("the outcome was saved", () -> books.ledger.state().unsaved() == 0);
    }
    try (Books later = Books.open(config)) {
      assertThat(run(later, "tool_2")).isEqualTo("answer 2");
    }
    assertThat(runs).hasValue(2);
  }

  @Test
  void comesBackWhenPostgresDoes() throws Exception {
    try (Detour detour = new Detour(PostgresServer.database())) {
      Place place = new DatabaseAt(detour.url());
      LedgerConfig config = Books.config(place, folder, java.time.Clock.systemUTC());
      try (Books books = Books.open(config, twin)) {
        run(books, "tool_1");
        detour.cut();
        assertThat(run(books, "tool_2")).isEqualTo("answer 2");
        assertThat(run(books, "tool_1")).isEqualTo("answer 1");
        assertThat(books.ledger.state().up()).isFalse();
        detour.mend();
        books.awaitUp();
        assertThat(run(books, "tool_2")).isEqualTo("answer 2");
        assertThat(run(books, "tool_3")).isEqualTo("answer 3");
      }
    }
  }

  /** It was given up on, and written all the same. */
  @Test
  void runsAgainWhatFailedPlainlyUnderALateClaim() {
    try (Books books = Books.open(Books.h2(folder))) {
      assertThat(run(books, "tool_0")).isEqualTo("answer 1");
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch gathered = new CountDownLatch(1);
      CountDownLatch givenUp = new CountDownLatch(1);
      hold(books, begun, gathered);
      Books.await(begun);
      CompletionStage<String> first =
          books.ledger.once.run(
              effect("tool_1"),
              () -> CompletableFuture.completedFuture(new Outcome.Failed("busy")));
      hold(books, new CountDownLatch(1), givenUp);
      gathered.countDown();
      assertThat(Books.get(first)).isEqualTo("busy");
      awaitDown(books, "in time");
      givenUp.countDown();
      books.awaitUp();
      assertThat(run(books, "tool_1")).isEqualTo("answer 2");
      assertThat(run(books, "tool_1")).isEqualTo("answer 2");
      Await.until("nothing is left", () -> books.ledger.state().unsaved() == 0);
    }
    try (Books later = Books.open(Books.h2(folder))) {
      assertThat(run(later, "tool_1")).isEqualTo("answer 2");
    }
  }

  /** What waits for the desk meanwhile is done together with what comes after. */
  private static void hold(Books books, CountDownLatch begun, CountDownLatch until) {
    books.ledger.database.run(
        tables -> {
          begun.countDown();
          Books.await(until);
          return null;
        });
  }
}
