package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.telephony.CallId;

class UnsavedTest {
  private static final CallId CALL = new CallId("call_1");
  private static final Outcome BUSY = new Outcome.Failed("busy");

  private final EffectRows rows =
      new EffectRows(Lease.of(Duration.ofSeconds(30), Clock.systemUTC()));
  @TempDir Path folder;
  private Books books;
  private Unsaved unsaved;

  @BeforeEach
  void open() {
    books = Books.open(Books.h2(folder));
    unsaved = new Unsaved(books.ledger.database, rows, new Counters(books.metrics));
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void endsAClaimOfWhichNothingCame() {
    claim(effect("tool_1"));
    unsaved.add(effect("tool_1"), BUSY, now());
    assertThat(unsaved.size()).isEqualTo(1);
    Books.get(unsaved.flush());
    assertThat(unsaved.size()).isZero();
    assertThat(claim(effect("tool_1"))).isInstanceOf(Claim.Mine.class);
  }

  /** Else another node would do it too. */
  @Test
  void endsNothingThatWasClaimedAnew() {
    EffectId again = effect("tool_2").containing("Hello");
    unsaved.add(effect("tool_1").containing("Hello"), BUSY, now());
    unsaved.add(effect("tool_3"), BUSY, now());
    Books.get(unsaved.settle(again));
    assertThat(unsaved.size()).as("what has nothing to do with it").isEqualTo(1);
    assertThat(claim(again)).isInstanceOf(Claim.Mine.class);
    Books.get(unsaved.flush());
    assertThat(claim(again)).isInstanceOf(Claim.Busy.class);
  }

  /** The ledger was down for the moment in which it could have been told before. */
  @Test
  void tellsNothingOfAnEarlierAttemptOnceTheNextHasBegun() {
    EffectId again = effect("tool_2").containing("Hello");
    unsaved.add(effect("tool_1").containing("Hello"), BUSY, now());
    unsaved.add(effect("tool_3"), BUSY, now());
    assertThat(claim(again)).isInstanceOf(Claim.Mine.class);
    unsaved.begun(again);
    assertThat(unsaved.size()).as("what has nothing to do with it").isEqualTo(1);
    Books.get(unsaved.flush());
    assertThat(claim(again)).isInstanceOf(Claim.Busy.class);
  }

  @Test
  void keepsWhatWasDoneWhenItBeginsAnew() {
    unsaved.add(effect("tool_1"), new Outcome.Done("sent"), now());
    unsaved.begun(effect("tool_1"));
    assertThat(unsaved.size()).isEqualTo(1);
  }

  @Test
  void keepsPlacesForWhatWasDone() {
    for (int i = 0; i < 2_000; i++) {
      unsaved.add(effect("open_" + i), BUSY, now());
    }
    assertThat(unsaved.size()).isEqualTo(1_000);
    for (int i = 0; i < 10_000; i++) {
      unsaved.add(effect("done_" + i), new Outcome.Done("sent"), now());
    }
    assertThat(unsaved.size()).isEqualTo(10_000);
  }

  /** Two flushes that follow each other took the same outcomes along. */
  @Test
  void writesNoOutcomeTwice() {
    CountDownLatch flushed = new CountDownLatch(1);
    books.ledger.database.run(
        tables -> {
          Books.await(flushed);
          return null;
        });
    unsaved.add(effect("tool_1"), BUSY, now());
    CompletionStage<Void> first = unsaved.flush();
    CompletionStage<Claim> again =
        first.thenCompose(
            done ->
                books.ledger.database.run(tables -> rows.claim(tables, effect("tool_1"), now())));
    CompletionStage<Void> second = unsaved.flush();
    flushed.countDown();
    assertThat(Books.get(again)).isInstanceOf(Claim.Mine.class);
    Books.get(second);
    assertThat(claim(effect("tool_1"))).isInstanceOf(Claim.Busy.class);
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private Claim claim(EffectId effect) {
    return Books.get(books.ledger.database.run(tables -> rows.claim(tables, effect, now())));
  }

  private static EffectId effect(String id) {
    return TestEffects.of(CALL, "/send_sms", InvocationKey.toolCall(id), OnceContract.SMS);
  }
}
