package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/** What holds on every database. */
abstract class CallsContract {
  private static final int MANY = 3_000;
  private static final String NUMBER = "+61400000001";
  private static final CallNews OVER =
      new CallNews(Instant.parse("2026-11-01T09:00:00Z"), "user_hangup", Optional.of("fine"));

  @TempDir Path folder;

  abstract Place place();

  private Books open() {
    return Books.open(Books.config(place(), folder, Clock.systemUTC()));
  }

  private static CallId id(int i) {
    return new CallId("call_" + i);
  }

  private static CallSid sid(int i) {
    return new CallSid(String.format("CA%032x", i));
  }

  private static void started(Books books, int i, String agent) {
    books.ledger.calls.started(sid(i), id(i), agent, false, NUMBER, "+61255500000");
  }

  private static int count(Books books) {
    return Books.get(
        books.ledger.database.run(
            tables ->
                tables
                    .handle()
                    .createQuery("select count(*) from phone_calls where from_masked = '…01'")
                    .mapTo(Integer.class)
                    .one()));
  }

  @Test
  void writesManyAtOnceAndAllBeforeItCloses() {
    try (Books books = open()) {
      for (int i = 0; i < MANY; i++) {
        started(books, i, "agent_1");
      }
    }
    try (Books books = open()) {
      assertThat(count(books)).isEqualTo(MANY);
    }
  }

  @Test
  void losesNoOtherRecordWithABadOne() {
    try (Books books = open()) {
      for (int i = 0; i < 20; i++) {
        started(books, i, i == 7 ? "a".repeat(500) : "agent_1");
      }
      Await.until("all is written", () -> books.ledger.journal.idle());
      assertThat(count(books)).isEqualTo(19);
      assertThat(books.ledger.state().dropped()).isEqualTo(1);
      assertThat(books.ledger.state().up()).isTrue();
    }
  }

  /** The event is faster than the record of the start; each fills in its part. */
  @Test
  void takesTheEndOfACallBeforeItsStart() {
    try (Books books = open()) {
      Books.get(
          books.ledger.vendorEvents.firstTime(
              "call_analyzed",
              id(1),
              "",
              "{}",
              Optional.of(OVER.of(new Who("agent_9", true, "+61400000009", "")))));
      started(books, 1, "agent_1");
      started(books, 2, "agent_1");
    }
    try (Books books = open()) {
      CallRecord call = Books.get(books.ledger.calls.findByCallId(id(1))).orElseThrow();
      assertThat(call.from()).isEqualTo(NUMBER);
      assertThat(call.agentId()).isEqualTo("agent_1");
      assertThat(call.outbound()).as("the record of the start knows better").isFalse();
      assertThat(call.ended()).hasValue(OVER.at());
      assertThat(call.reason()).hasValue("user_hangup");
      assertThat(call.analysis()).hasValue("fine");
    }
  }

  /** Retell's events come in any order, and each of them tells when its call began. */
  @Test
  void knowsWhenACallBeganOfWhichItHeardTheEndFirst() {
    Instant began = OVER.at().minusSeconds(90);
    try (Books books = open()) {
      tell(books, 1, "call_ended", OVER.since(Optional.of(began)));
      tell(books, 1, "call_started", CallNews.began(began));
      CallRecord call = Books.get(books.ledger.calls.findByCallId(id(1))).orElseThrow();
      assertThat(call.started()).isEqualTo(began);
      assertThat(call.ended()).hasValue(OVER.at());
    }
  }

  @Test
  void keepsWhatAnEarlierEventToldBetter() {
    CallNews less = new CallNews(OVER.at().plusSeconds(40), "", Optional.of("fine")).untold();
    CallNews more = new CallNews(OVER.at(), "user_hangup", Optional.empty());
    try (Books books = open()) {
      started(books, 1, "agent_1");
      started(books, 2, "agent_1");
      tell(books, 1, "call_ended", more);
      tell(books, 1, "call_analyzed", less);
      tell(books, 2, "call_analyzed", less);
      assertThat(found(books, 2).ended()).as("as far as it is told").hasValue(less.at());
      tell(books, 2, "call_ended", more);
      assertThat(List.of(found(books, 1), found(books, 2)))
          .as("in memory")
          .allMatch(CallsContract::toldBetter);
    }
    try (Books books = open()) {
      assertThat(List.of(found(books, 1), found(books, 2)))
          .as("in the database")
          .allMatch(CallsContract::toldBetter)
          .allMatch(call -> call.analysis().equals(Optional.of("fine")));
    }
  }

  private static boolean toldBetter(CallRecord call) {
    return call.ended().equals(Optional.of(OVER.at()))
        && call.reason().equals(Optional.of("user_hangup"));
  }

  private static CallRecord found(Books books, int i) {
    return Books.get(books.ledger.calls.findByCallId(id(i))).orElseThrow();
  }

  private static void tell(Books books, int i, String event, CallNews news) {
    Books.get(books.ledger.vendorEvents.firstTime(event, id(i), "", "{}", Optional.of(news)));
  }

  /** A call of Retell's own is one that Twilio did not bring. */
  @Test
  void knowsForWhichCallAnAgentWasRegisteredWhomNobodyDialled() {
    try (Books books = open()) {
      started(books, 1, "agent_1");
      Await.until("it is written", () -> books.ledger.journal.idle());
      tell(books, 2, "call_ended", OVER.on(Optional.of(sid(1))));
      tell(books, 3, "call_ended", OVER.on(Optional.of(sid(9))));
      assertThat(found(books, 2).callSid()).hasValue(sid(1));
      assertThat(found(books, 3).callSid()).as("another company's").isEmpty();
      assertThat(found(books, 1).ended()).as("it goes on").isEmpty();
    }
  }

  /** PostgreSQL takes no NUL, and Retell would be asked for the event again and again. */
  @Test
  void takesAnEventWithWhatNoTextMayHave() {
    CallNews over = new CallNews(OVER.at(), "user\u0000_hang\nup", Optional.of("fi\u0000ne"));
    try (Books books = open()) {
      tell(books, 1, "call\u0000_ended\u0007", over);
      CallRecord call = found(books, 1);
      assertThat(call.reason()).hasValue("user_hangup");
      assertThat(call.analysis()).hasValue("fi\u0000ne");
      assertThat(Books.get(books.ledger.history.story("call_1")).orElseThrow().moments())
          .filteredOn(moment -> moment.kind() == Moment.Kind.VENDOR_EVENT)
          .extracting(moment -> moment.name() + " " + moment.facts().get("fields"))
          .containsExactly("call_ended {}");
    }
  }

  /** Whoever else writes a text. */
  @Test
  void takesAnyTextInAnyColumn() {
    try (Books books = open()) {
      started(books, 1, "agent\u0000_1");
      books.ledger.invocations.record(
          "key_1", "/own \u0000", Optional.of(id(1)), "done", Duration.ZERO, "", "", 0);
      Await.until("the call is written", () -> books.ledger.journal.idle());
      Await.until("the function is written", () -> books.ledger.invocations.idle());
      assertThat(books.ledger.state().dropped()).isZero();
      List<String> texts =
          Books.get(
              books.ledger.database.run(
                  tables ->
                      tables
                          .handle()
                          .createQuery(
                              "select agent_id from phone_calls union all select name from"
                                  + " invocations")
                          .mapTo(String.class)
                          .list()));
      assertThat(texts).containsExactly("agent_1", "/own ");
    }
  }
}
