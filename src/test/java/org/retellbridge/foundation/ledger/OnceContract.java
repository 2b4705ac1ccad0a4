package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.Logged;
import org.retellbridge.foundation.ledger.Allowance.Reservation;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.PhoneNumber;

/** What holds on every database. */
abstract class OnceContract {
  static final Kind SMS = new Kind("sms", false, false, "unconfirmed");
  static final Kind SAVE = new Kind("save", true, false, "unconfirmed");
  static final Kind MOVE = new Kind("move", false, true, "unconfirmed");
  static final CallId CALL = new CallId("call_1a2b3c");

  final Watch watch = new Watch();
  final AtomicInteger runs = new AtomicInteger();
  @TempDir Path folder;
  Books books;

  abstract Place place();

  LedgerConfig config() {
    return Books.config(place(), folder, watch);
  }

  @BeforeEach
  void open() {
    books = Books.open(config());
  }

  @AfterEach
  void close() {
    books.close();
  }

  /** A process that was restarted: nothing in memory, everything on disk. */
  void restart() {
    books.close();
    books = Books.open(config());
  }

  EffectId effect(String id) {
    return TestEffects.of(CALL, "/send_sms", InvocationKey.toolCall(id), SMS);
  }

  Supplier<CompletionStage<Outcome>> done() {
    return () ->
        CompletableFuture.completedFuture(new Outcome.Done("answer " + runs.incrementAndGet()));
  }

  String run(EffectId effect, Supplier<CompletionStage<Outcome>> work) {
    return Books.get(books.ledger.once.run(effect, work));
  }

  @Test
  void answersRepeatWithTheFirstAnswer() {
    assertThat(run(effect("tool_1"), done())).isEqualTo("answer 1");
    assertThat(run(effect("tool_1"), done())).isEqualTo("answer 1");
    assertThat(run(effect("tool_2"), done())).isEqualTo("answer 2");
  }

  @Test
  void answersRepeatAfterRestart() {
    run(effect("tool_1"), done());
    restart();
    assertThat(run(effect("tool_1"), done())).isEqualTo("answer 1");
    assertThat(runs).hasValue(1);
  }

  @Test
  void runsOnceForManyAtTheSameMoment() throws Exception {
    CompletableFuture<Outcome> slow = new CompletableFuture<>();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    var threads = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 50; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () ->
                  run(
                      effect("tool_1"),
                      () -> {
                        runs.incrementAndGet();
                        return slow;
                      }),
              threads));
    }
    Await.until("the work began", () -> runs.get() > 0);
    slow.complete(new Outcome.Done("the answer"));
    for (CompletableFuture<String> answer : answers) {
      assertThat(Books.get(answer)).isEqualTo("the answer");
    }
    assertThat(runs).hasValue(1);
    threads.shutdown();
  }

  @Test
  void takesTheSameContentUnderAnotherIdForTheSameEffect() {
    run(effect("tool_1").containing("Your table is booked"), done());
    watch.forward(Duration.ofSeconds(119));
    assertThat(run(effect("tool_2").containing("Your table is booked"), done()))
        .isEqualTo("answer 1");
    restart();
    watch.forward(Duration.ofSeconds(10));
    assertThat(run(effect("tool_2").containing("Your table is booked"), done()))
        .as("a repeat of the repeat, after the window")
        .isEqualTo("answer 1");
    assertThat(run(effect("tool_3").containing("Your table is booked"), done()))
        .as("the window of the content is over")
        .isEqualTo("answer 2");
  }

  @Test
  void takesTheSameContentAtTheSameMomentForTheSameEffect() {
    CompletableFuture<Outcome> slow = new CompletableFuture<>();
    var first = books.ledger.once.run(effect("tool_1").containing("Hello"), () -> slow);
    var second = books.ledger.once.run(effect("tool_2").containing("Hello"), done());
    slow.complete(new Outcome.Done("one"));
    assertThat(Books.get(first)).isEqualTo("one");
    assertThat(Books.get(second)).isEqualTo("one");
    assertThat(runs).hasValue(0);
  }

  @Test
  void keepsOtherCallsAndOtherContentApart() {
    EffectId other =
        TestEffects.of(
            new CallId("call_other"), "/send_sms", InvocationKey.toolCall("tool_1"), SMS);
    run(effect("tool_1").containing("Hello"), done());
    run(other.containing("Hello"), done());
    run(effect("tool_2").containing("Good bye"), done());
    assertThat(runs).hasValue(3);
  }

  @Test
  void remembersArgumentsForAQuarterOfAnHour() {
    EffectId byArguments =
        TestEffects.of(CALL, "/send_sms", InvocationKey.arguments("{\"message\":\"Hello\"}"), SMS);
    run(byArguments, done());
    watch.forward(Duration.ofMinutes(14));
    assertThat(run(byArguments, done())).isEqualTo("answer 1");
    restart();
    assertThat(run(byArguments, done())).isEqualTo("answer 1");
    watch.forward(Duration.ofMinutes(2));
    assertThat(run(byArguments, done())).isEqualTo("answer 2");
  }

  @Test
  void runsAgainWhenNothingHappened() {
    assertThat(
            run(
                effect("tool_1"),
                () -> CompletableFuture.completedFuture(new Outcome.Failed("busy"))))
        .isEqualTo("busy");
    assertThat(run(effect("tool_1"), done())).isEqualTo("answer 1");
    assertThat(run(effect("tool_1"), done())).isEqualTo("answer 1");
  }

  /** The window belongs to what happened, not to what came to nothing before. */
  @Test
  void countsTheWindowFromTheAttemptThatActs() {
    run(effect("tool_1").containing("Hello"), failed());
    watch.forward(Duration.ofSeconds(100));
    assertThat(run(effect("tool_2").containing("Hello"), done())).isEqualTo("answer 1");
    watch.forward(Duration.ofSeconds(25));
    assertThat(run(effect("tool_3").containing("Hello"), done())).isEqualTo("answer 1");
    restart();
    watch.forward(Duration.ofSeconds(90));
    assertThat(run(effect("tool_4").containing("Hello"), done())).isEqualTo("answer 1");
    watch.forward(Duration.ofSeconds(10));
    assertThat(run(effect("tool_5").containing("Hello"), done())).isEqualTo("answer 2");
  }

  @Test
  void countsTheQuarterOfAnHourFromTheAttemptThatActs() {
    EffectId byArguments =
        TestEffects.of(CALL, "/send_sms", InvocationKey.arguments("{\"message\":\"Hello\"}"), SMS);
    run(byArguments, failed());
    watch.forward(Duration.ofMinutes(14));
    assertThat(run(byArguments, done())).isEqualTo("answer 1");
    restart();
    watch.forward(Duration.ofMinutes(14));
    assertThat(run(byArguments, done())).isEqualTo("answer 1");
  }

  /** The first id comes again when another one has done the same in the meantime. */
  @Test
  void takesTheSameContentForTheSameEffectAlsoUnderAnIdThatFailedBefore() {
    run(effect("tool_1").containing("Hello"), failed());
    watch.forward(Duration.ofSeconds(130));
    assertThat(run(effect("tool_2").containing("Hello"), done())).isEqualTo("answer 1");
    watch.forward(Duration.ofSeconds(5));
    assertThat(run(effect("tool_1").containing("Hello"), done())).isEqualTo("answer 1");
    restart();
    watch.forward(Duration.ofMinutes(5));
    assertThat(run(effect("tool_1").containing("Hello"), done()))
        .as("a repeat of the repeat")
        .isEqualTo("answer 1");
  }

  /** The ledger hears of it late: what is wanted once more by then is no repeat. */
  @Test
  void countsTheWindowOfWhatItHearsOfLaterFromWhenItBegan() {
    Unsaved unsaved = doneWithoutTheLedger(effect("tool_1").containing("Hello"));
    watch.forward(Duration.ofSeconds(100));
    Books.get(unsaved.flush());
    watch.forward(Duration.ofSeconds(19));
    assertThat(run(effect("tool_2").containing("Hello"), done())).isEqualTo("sent");
    watch.forward(Duration.ofSeconds(2));
    assertThat(run(effect("tool_3").containing("Hello"), done())).isEqualTo("answer 1");
    assertThat(run(effect("tool_1").containing("Hello"), done())).isEqualTo("sent");
  }

  @Test
  void countsTheWindowOfWhatItKnewAsFailedFromTheAttemptWithoutIt() {
    run(effect("tool_1").containing("Hello"), failed());
    watch.forward(Duration.ofSeconds(60));
    Unsaved unsaved = doneWithoutTheLedger(effect("tool_1").containing("Hello"));
    watch.forward(Duration.ofSeconds(100));
    Books.get(unsaved.flush());
    watch.forward(Duration.ofSeconds(19));
    assertThat(run(effect("tool_2").containing("Hello"), done())).isEqualTo("sent");
    watch.forward(Duration.ofSeconds(2));
    assertThat(run(effect("tool_3").containing("Hello"), done())).isEqualTo("answer 1");
  }

  @Test
  void countsTheQuarterOfAnHourOfWhatItHearsOfLaterFromWhenItBegan() {
    EffectId byArguments =
        TestEffects.of(CALL, "/send_sms", InvocationKey.arguments("{\"message\":\"Hello\"}"), SMS);
    Unsaved unsaved = doneWithoutTheLedger(byArguments);
    watch.forward(Duration.ofMinutes(10));
    Books.get(unsaved.flush());
    watch.forward(Duration.ofMinutes(4));
    assertThat(run(byArguments, done())).isEqualTo("sent");
    watch.forward(Duration.ofMinutes(2));
    assertThat(run(byArguments, done())).isEqualTo("answer 1");
  }

  /** Else what was done long ago would be the outcome of what came to nothing just now. */
  @Test
  void leavesContentWhoseWindowIsOverToWhoeverWantsItByNow() {
    Unsaved unsaved = doneWithoutTheLedger(effect("tool_1").containing("Hello"));
    watch.forward(Duration.ofMinutes(10));
    run(effect("tool_2").containing("Hello"), failed());
    Books.get(unsaved.flush());
    assertThat(run(effect("tool_2").containing("Hello"), done())).isEqualTo("answer 1");
    restart();
    assertThat(run(effect("tool_3").containing("Hello"), done())).isEqualTo("answer 1");
    assertThat(run(effect("tool_1").containing("Hello"), done())).isEqualTo("sent");
  }

  private Unsaved doneWithoutTheLedger(EffectId effect) {
    EffectRows rows = new EffectRows(Lease.of(Duration.ofSeconds(30), watch));
    Unsaved unsaved = new Unsaved(books.ledger.database, rows, new Counters(books.metrics));
    unsaved.add(effect, new Outcome.Done("sent"), watch.millis());
    return unsaved;
  }

  private static Supplier<CompletionStage<Outcome>> failed() {
    return () -> CompletableFuture.completedFuture(new Outcome.Failed("busy"));
  }

  @Test
  void neverRunsAgainWhatTheVendorMayHaveDone() {
    assertThat(run(effect("tool_1"), () -> CompletableFuture.failedStage(new Exception("cut"))))
        .isEqualTo("unconfirmed");
    restart();
    assertThat(run(effect("tool_1"), done())).isEqualTo("unconfirmed");
    assertThat(runs).hasValue(0);
  }

  EffectId move(String id) {
    return TestEffects.of(CALL, "/redirect", InvocationKey.toolCall(id), MOVE)
        .containing("to sales");
  }

  static Supplier<CompletionStage<Outcome>> cut() {
    return () -> CompletableFuture.failedStage(new Exception("cut"));
  }

  /** Whoever asks again, in other words or later, has the caller still. */
  @Test
  void runsAnotherInvocationOfWhatIsHarmlessTwiceWhenNobodyKnowsOfTheFirst() {
    assertThat(run(move("tool_1"), cut())).isEqualTo("unconfirmed");
    assertThat(run(move("tool_2"), cut())).isEqualTo("unconfirmed");
    assertThat(run(move("tool_3"), done())).isEqualTo("answer 1");
    assertThat(run(move("tool_4"), done())).as("that one is known").isEqualTo("answer 1");
    restart();
    for (String id : List.of("tool_1", "tool_2")) {
      assertThat(run(move(id), done())).as("a repeat of the same").isEqualTo("unconfirmed");
    }
    for (String id : List.of("tool_3", "tool_4", "tool_5")) {
      assertThat(run(move(id), done())).isEqualTo("answer 1");
    }
    watch.forward(Duration.ofSeconds(121));
    assertThat(run(move("tool_4"), done())).as("a repeat of the repeat").isEqualTo("answer 1");
    assertThat(run(move("tool_6"), done())).isEqualTo("answer 2");
  }

  @Test
  void runsWhatIsHarmlessTwiceAfterARestartToo() {
    run(move("tool_1"), cut());
    restart();
    assertThat(run(move("tool_2"), done())).isEqualTo("answer 1");
  }

  @Test
  void runsNothingElseAnewOfWhichNobodyKnows() {
    run(effect("tool_1").containing("Hello"), cut());
    assertThat(run(effect("tool_2").containing("Hello"), done())).isEqualTo("unconfirmed");
    restart();
    assertThat(run(effect("tool_3").containing("Hello"), done())).isEqualTo("unconfirmed");
    assertThat(runs).hasValue(0);
  }

  /** The process died while the transfer waited for its time. */
  @Test
  void runsAnotherInvocationOfWhatADeadProcessWasAt() {
    books.ledger.once.run(move("tool_1"), CompletableFuture::new);
    Await.until("it is claimed", () -> states().equals(List.of("running")));
    restart();
    watch.forward(Duration.ofSeconds(31));
    assertThat(run(move("tool_1"), done())).as("the same").isEqualTo("unconfirmed");
    assertThat(run(move("tool_2"), done())).isEqualTo("answer 1");
    assertThat(run(move("tool_2"), done())).isEqualTo("answer 1");
  }

  /** Whoever waits for another node's work learns by that whether it has to be done. */
  @Test
  void looksAgainAtWhatAnotherInvocationWaitsFor() {
    EffectRows rows = new EffectRows(Lease.of(Duration.ofSeconds(30), watch));
    Claim first = claim(rows, "tool_1");
    assertThat(claim(rows, "tool_2")).isEqualTo(new Claim.Busy(first.id()));
    Books.get(
        books.ledger.database.run(
            tables -> rows.finish(tables, first.id(), new Outcome.Unknown("cut"))));
    Claim second = claim(rows, "tool_2");
    assertThat(second).isInstanceOf(Claim.Mine.class).isNotEqualTo(first);
    assertThat(claim(rows, "tool_1")).isEqualTo(new Claim.Over(first.id(), "cut", State.UNKNOWN));
    assertThat(claim(rows, "tool_3")).isEqualTo(new Claim.Busy(second.id()));
  }

  private Claim claim(EffectRows rows, String id) {
    return Books.get(
        books.ledger.database.run(tables -> rows.claim(tables, move(id), watch.millis())));
  }

  @Test
  void countsUnknownOutcomes() {
    run(
        effect("tool_1"),
        () -> CompletableFuture.completedFuture(new Outcome.Unknown("cannot tell")));
    assertThat(books.ledger.state().unknown()).isEqualTo(1);
    assertThat(books.metrics.scrape()).contains("bridge_effects_unknown_total{kind=\"sms\"} 1.0");
  }

  /** Somebody has to look it up at Twilio, and finds it there by the CallSid. */
  @Test
  void saysOfWhichCallNobodyKnowsWhatADeadProcessDid() {
    CallSid sid = new CallSid("CA0123456789abcdef0123456789abcdef");
    books.ledger.calls.started(sid, CALL, "agent_1", false, "+61400000001", "+61255500000");
    EffectId ofLeg =
        new EffectId(
            sid.value(), "/redirect", InvocationKey.toolCall("tool_2"), Optional.empty(), SMS);
    books.ledger.once.run(effect("tool_1"), CompletableFuture::new);
    books.ledger.once.run(ofLeg, CompletableFuture::new);
    Await.until("both are claimed", () -> states().equals(List.of("running", "running")));
    try (Logged log = Logged.by(Ledger.class)) {
      restart();
      watch.forward(Duration.ofSeconds(31));
      Await.until("both are given up", () -> states().equals(List.of("unknown", "unknown")));
      Await.until("both are told", () -> log.lines().size() == 2);
      assertThat(log.lines())
          .allMatch(line -> line.startsWith("WARNING "))
          .anyMatch(line -> line.contains("/send_sms callSid=" + sid + " callId=" + CALL + ":"))
          .anyMatch(line -> line.contains("/redirect callSid=" + sid + " callId=-:"));
      assertThat(books.metrics.scrape())
          .contains("bridge_effects_unknown_total{kind=\"lapsed\"} 2.0");
    }
  }

  private List<String> states() {
    return Books.get(
        books.ledger.database.run(
            tables ->
                tables
                    .handle()
                    .createQuery("select state from effects")
                    .mapTo(String.class)
                    .list()));
  }

  @Test
  void survivesWorkThatThrows() {
    assertThat(
            run(
                effect("tool_1"),
                () -> {
                  throw new IllegalStateException("bug");
                }))
        .isEqualTo("unconfirmed");
  }

  /** Such as a jar's without what it depends on: its claim would live as long as the process. */
  @Test
  void endsTheClaimOfWorkThatEndsInAnError() {
    assertThat(
            run(
                effect("tool_1"),
                () -> {
                  throw new NoClassDefFoundError("com/acme/Missing");
                }))
        .isEqualTo("unconfirmed");
    assertThat(states()).containsExactly("unknown");
  }

  @Test
  void reservesNoMoreThanThereIs() {
    List<CompletionStage<Optional<Reservation>>> wishes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      wishes.add(books.ledger.allowance.reserve(CALL, "sms", 3));
    }
    List<Reservation> places = wishes.stream().map(Books::get).flatMap(Optional::stream).toList();
    assertThat(places).hasSize(3);
    Books.get(books.ledger.allowance.release(places.get(0)));
    assertThat(books.taken(CALL, "sms")).isEqualTo(2);
    assertThat(Books.get(books.ledger.allowance.reserve(CALL, "sms", 3))).isPresent();
    assertThat(Books.get(books.ledger.allowance.reserve(CALL, "sms", 3))).isEmpty();
  }

  @Test
  void reservesForANumberWhateverTheCallAndKeepsNoNumber() {
    PhoneNumber number = new PhoneNumber("+61491570006");
    Reservation place = Books.get(books.ledger.allowance.reserve(number, "sms", 1)).orElseThrow();
    assertThat(Books.get(books.ledger.allowance.reserve(number, "sms", 1))).isEmpty();
    assertThat(Books.get(books.ledger.allowance.reserve(new PhoneNumber("+61491570007"), "sms", 1)))
        .isPresent();
    assertThat(place.whose()).doesNotContain("61491570006");

    Books.get(books.ledger.allowance.release(place));
    assertThat(Books.get(books.ledger.allowance.reserve(number, "sms", 1))).isPresent();
  }
}
