package org.retellbridge.foundation.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.PhoneNumber;

class AtRestTest {
  private static final CallId CALL = new CallId("call_1");
  private static final CallSid SID = new CallSid("CA0123456789abcdef0123456789abcdef");
  private static final String NUMBER = "+61400000001";
  private static final String OLD_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String NEW_KEY = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=";

  private final TwinCourier twin = new TwinCourier();
  @TempDir Path folder;

  @Test
  void keepsNothingPersonalReadable() throws IOException {
    twin.answers(new Delivery.Later("503", Optional.empty()));
    try (Books books = Books.open(Books.h2(folder), twin)) {
      books.ledger.calls.started(SID, CALL, "agent_1", false, NUMBER, "+61255500000");
      Books.get(
          books.ledger.vendorEvents.firstTime(
              "call_analyzed", CALL, "", NUMBER, over("Mia Example wants a table")));
      Books.get(
          books.ledger.vendorEvents.firstTime(
              "call_ended",
              new CallId("call_own"),
              "",
              "{}",
              over("{}")
                  .map(news -> news.of(new Who("agent_own", false, NUMBER, "+61255500000")))));
      Books.get(
          books.ledger.outbox.accept(
              new Parcel("twin", NUMBER, "m1", Instant.now(), "{\"phone\":\"" + NUMBER + "\"}")));
      Books.get(
          books.ledger.once.run(
              TestEffects.of(CALL, "/lookup", InvocationKey.arguments(NUMBER), OnceContract.SMS)
                  .containing("Mia Example"),
              () -> CompletableFuture.completedFuture(new Outcome.Done("Hello Mia Example"))));
      Await.until("the call is written", () -> books.ledger.journal.idle());
    }
    String file = Files.readString(folder.resolve("ledger.mv.db"), ISO_8859_1);
    assertThat(file)
        .doesNotContain("61400000001")
        .doesNotContain("61255500000")
        .doesNotContain("Mia Example")
        .contains(SID.value(), "agent_own");
  }

  @Test
  void readsItAgainAfterRestart() {
    try (Books books = Books.open(Books.h2(folder))) {
      books.ledger.calls.started(SID, CALL, "agent_1", false, NUMBER, "+61255500000");
      Books.get(books.ledger.vendorEvents.firstTime("call_analyzed", CALL, "", "{}", over("fine")));
    }
    try (Books books = Books.open(Books.h2(folder))) {
      CallRecord call = Books.get(books.ledger.calls.findByCallId(CALL)).orElseThrow();
      assertThat(call.callSid()).hasValue(SID);
      assertThat(call.from()).isEqualTo(NUMBER);
      assertThat(call.to()).isEqualTo("+61255500000");
      assertThat(call.reason()).hasValue("user_hangup");
      assertThat(call.analysis()).hasValue("fine");
      assertThat(call.toString()).isEqualTo("call_1 from …01 to …00");
    }
  }

  private static Optional<CallNews> over(String analysis) {
    return Optional.of(
        new CallNews(Instant.parse("2026-11-01T09:00:00Z"), "user_hangup", Optional.of(analysis)));
  }

  @Test
  void keepsTheKeyForTheOwnerAlone() throws IOException {
    Books.open(Books.h2(folder)).close();
    Path key = folder.resolve("data.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(key).strip()).hasSize(44);
  }

  @Test
  void refusesAnotherKey() throws IOException {
    Books.open(Books.h2(folder)).close();
    Files.delete(folder.resolve("data.key"));
    try (Books books = Books.start(Books.h2(folder))) {
      Await.until(
          "it says why",
          () -> books.ledger.state().down().orElse("").contains("BRIDGE_DATA_KEY is not the key"));
    }
  }

  /** It would go with the node's own folder, and everything in the database with it. */
  @Test
  void makesNoKeyForADatabaseThatOthersMayHave() {
    try (Books keyless = Books.start(shared(Optional.empty()))) {
      Await.until(
          "it says why",
          () ->
              keyless
                  .ledger
                  .state()
                  .down()
                  .equals(Optional.of("BRIDGE_DATA_KEY is needed with BRIDGE_DATASOURCE")));
      keyless.ledger.calls.started(SID, CALL, "agent_1", false, NUMBER, "+61255500000");
      assertThat(Books.get(keyless.ledger.calls.findByCallId(CALL))).isPresent();
    }
    assertThat(folder.resolve("data.key")).doesNotExist();
    Books.open(shared(Optional.of(NEW_KEY))).close();
  }

  @Test
  void goesOnWithAKeyThatWasThere() {
    Books.open(Books.h2(folder)).close();
    Books.open(shared(Optional.empty())).close();
  }

  @Test
  void takesADatabaseOfTheServersForShared() {
    Place servers = new Place.Server("jdbc/bridge");
    Place own = new Place.File(folder, "");
    assertThat(
            LedgerConfig.of(servers, Optional.empty(), Optional.empty(), folder, Duration.ofDays(1))
                .key()
                .shared())
        .isTrue();
    assertThat(
            LedgerConfig.of(own, Optional.empty(), Optional.empty(), folder, Duration.ofDays(1))
                .key()
                .shared())
        .isFalse();
  }

  private LedgerConfig shared(Optional<String> keys) {
    return with(new DataKey(keys, folder, true));
  }

  @Test
  void changesItsKeyWhileItRuns() {
    try (Books old = Books.open(withKey(OLD_KEY))) {
      old.ledger.calls.started(SID, CALL, "agent_1", false, NUMBER, "+61255500000");
      old.ledger.journal.arrived(SID, false, NUMBER, "+61255500000");
    }
    CallId later = new CallId("call_2");
    try (Books both = Books.open(withKey(NEW_KEY + ", " + OLD_KEY))) {
      CallSid next = new CallSid("CA" + "1".repeat(32));
      both.ledger.journal.arrived(next, false, NUMBER, "");
      both.ledger.calls.started(next, later, "agent_1", false, NUMBER, "+61255500000");
      Await.until(
          "what both keys wrote is found",
          () -> Books.get(both.ledger.history.ofCaller(new PhoneNumber(NUMBER), 5)).size() == 2);
    }
    try (Books fresh = Books.open(withKey(NEW_KEY))) {
      assertThat(Books.get(fresh.ledger.calls.findByCallId(later)).orElseThrow().from())
          .isEqualTo(NUMBER);
      assertThatThrownBy(() -> Books.get(fresh.ledger.calls.findByCallId(CALL)))
          .isInstanceOf(LedgerDown.class)
          .hasMessageContaining("cannot be read with this data key");
    }
    try (Books stale = Books.start(withKey(OLD_KEY))) {
      Await.until(
          "it says why",
          () -> stale.ledger.state().down().orElse("").contains("BRIDGE_DATA_KEY is not the key"));
    }
  }

  /** As docs/ledger.md has it done when the key is lost for good. */
  @Test
  void goesOnWithANewKeyWhenTheOldOneIsLost() {
    try (Books old = Books.open(withKey(OLD_KEY))) {
      old.ledger.journal.arrived(SID, false, NUMBER, "+61255500000");
      old.ledger.calls.started(SID, CALL, "agent_1", false, NUMBER, "+61255500000");
      assertThat(run(old, "tool_1", "the first")).isEqualTo("the first");
      old.ledger.invocations.record(
          sms("tool_1").key(),
          "/send_sms -",
          Optional.of(CALL),
          "done",
          Duration.ZERO,
          "message: text of 5 characters",
          "text of 9 characters",
          9);
      Books.get(old.ledger.vendorEvents.firstTime("call_ended", CALL, "", "{}", over("fine")));
      Books.get(
          old.ledger.database.run(
              tables -> tables.handle().execute("delete from facts where name = 'data key'")));
    }
    try (Books fresh = Books.open(withKey(NEW_KEY))) {
      History.Story story = Books.get(fresh.ledger.history.story(CALL.value())).orElseThrow();
      assertThat(story.moments())
          .flatExtracting(moment -> moment.facts().entrySet())
          .contains(
              Map.entry("arguments", "unreadable"),
              Map.entry("answer", "unreadable"),
              Map.entry("fields", "unreadable"));

      assertThat(run(fresh, "tool_1", "not recognised")).isEqualTo("not recognised");
      Unsaved unsaved = unsaved(fresh);
      long now = System.currentTimeMillis();
      unsaved.add(sms("tool_1"), new Outcome.Done("not recognised"), now);
      unsaved.add(sms("tool_2"), new Outcome.Done("the second"), now);
      Books.get(unsaved.flush());
      assertThat(unsaved.size()).isZero();
      assertThat(run(fresh, "tool_2", "again")).isEqualTo("the second");
    }
  }

  private static Unsaved unsaved(Books books) {
    Lease lease = Lease.of(Duration.ofSeconds(30), Clock.systemUTC());
    return new Unsaved(books.ledger.database, new EffectRows(lease), new Counters(books.metrics));
  }

  private static String run(Books books, String id, String answer) {
    return Books.get(
        books.ledger.once.run(
            sms(id), () -> CompletableFuture.completedFuture(new Outcome.Done(answer))));
  }

  private static EffectId sms(String id) {
    return TestEffects.of(CALL, "/send_sms", InvocationKey.toolCall(id), OnceContract.SMS);
  }

  private LedgerConfig withKey(String keys) {
    return with(new DataKey(Optional.of(keys), folder, false));
  }

  private LedgerConfig with(DataKey key) {
    LedgerConfig config = Books.h2(folder);
    return new LedgerConfig(
        config.place(),
        key,
        config.account(),
        config.retention(),
        config.lease(),
        config.patience(),
        config.giveUp(),
        config.clock());
  }

  @Test
  void takesAnEventOnce() {
    try (Books books = Books.open(Books.h2(folder))) {
      VendorEvents events = books.ledger.vendorEvents;
      assertThat(Books.get(events.firstTime("call_ended", CALL, "", "{}", Optional.empty())))
          .isTrue();
      assertThat(Books.get(events.firstTime("call_ended", CALL, "", "{}", Optional.empty())))
          .isFalse();
      assertThat(Books.get(events.firstTime("transfer_started", CALL, "1", "{}", Optional.empty())))
          .isTrue();
      assertThat(Books.get(events.firstTime("transfer_started", CALL, "2", "{}", Optional.empty())))
          .isTrue();
    }
  }

  @Test
  void bindsAValueToItsPlace() {
    Vault vault = new Vault(new byte[Vault.KEY_BYTES]);
    byte[] sealed = vault.seal(NUMBER, "from call_1");
    assertThat(vault.open(sealed, "from call_1")).isEqualTo(NUMBER);
    assertThat(new String(sealed, UTF_8)).doesNotContain(NUMBER);
    assertThat(vault.seal(NUMBER, "from call_1")).isNotEqualTo(sealed);
    assertThatThrownBy(() -> vault.open(sealed, "from call_2")).isInstanceOf(LedgerDown.class);
    sealed[sealed.length - 1]++;
    assertThatThrownBy(() -> vault.open(sealed, "from call_1")).isInstanceOf(LedgerDown.class);
  }
}
