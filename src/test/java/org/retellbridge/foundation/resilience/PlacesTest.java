package org.retellbridge.foundation.resilience;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ScheduledThreadPoolExecutor scheduler =
      (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(1);

  PlacesTest() {
    scheduler.setRemoveOnCancelPolicy(true);
  }

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void givesPlacesInTheOrderOfArrival() throws Exception {
    Places places = new Places(1, 10, scheduler);
    assertThat(places.take()).isTrue();
    List<Integer> granted = new CopyOnWriteArrayList<>();
    CountDownLatch all = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      int who = i;
      places
          .await(LONG)
          .thenAccept(
              yes -> {
                granted.add(who);
                places.release();
                all.countDown();
              });
    }
    assertThat(places.take()).isFalse();
    assertThat(granted).isEmpty();

    places.release();
    assertThat(all.await(10, SECONDS)).isTrue();
    assertThat(granted).containsExactly(0, 1, 2);
    assertThat(places.taken()).isZero();
    assertThat(scheduler.getQueue()).as("timers of those who need wait no more").isEmpty();
    assertThat(places.take()).isTrue();
  }

  @Test
  void sendsAwayWhoWaitedLongEnoughAndKeepsThePlaceForOthers() throws Exception {
    Places places = new Places(1, 10, scheduler);
    places.take();
    CompletableFuture<Boolean> impatient = waiting(places, Duration.ofMillis(20));
    assertThat(impatient.get(10, SECONDS)).isFalse();

    CompletableFuture<Boolean> patient = waiting(places, LONG);
    places.release();
    assertThat(patient.get(10, SECONDS)).isTrue();
    assertThat(places.taken()).isEqualTo(1);
  }

  @Test
  void letsOnlySoManyWait() {
    Places places = new Places(1, 2, scheduler);
    places.take();
    waiting(places, LONG);
    assertThat(places.full()).isFalse();
    CompletableFuture<Boolean> last = waiting(places, LONG);
    assertThat(places.full()).isTrue();

    assertThat(waiting(places, LONG)).isCompletedWithValue(false);
    assertThat(last).isNotDone();
  }

  /** As when a vendor refuses each at once: of one in the other the stack would be full. */
  @Test
  void servesThousandsOneAfterTheOther() throws Exception {
    int many = 50_000;
    Places places = new Places(1, many, scheduler);
    places.take();
    CountDownLatch all = new CountDownLatch(many);
    for (int i = 0; i < many; i++) {
      places
          .await(LONG)
          .thenAccept(
              granted -> {
                assertThat(granted).isTrue();
                places.release();
                all.countDown();
              });
    }
    places.release();
    assertThat(all.await(30, SECONDS)).isTrue();
    assertThat(places.taken()).isZero();
  }

  @Test
  void neverGivesMoreThanThereAreAndLosesNone() throws Exception {
    int most = 3;
    int each = 5_000;
    Places places = new Places(most, 1_000_000, scheduler);
    AtomicInteger under = new AtomicInteger();
    AtomicInteger tooMany = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(4 * each);
    Runnable visit =
        () -> {
          if (under.incrementAndGet() > most) {
            tooMany.incrementAndGet();
          }
          under.decrementAndGet();
          places.release();
          all.countDown();
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < each; n++) {
                  if (places.take()) {
                    visit.run();
                  } else {
                    places.await(LONG).thenAccept(granted -> visit.run());
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(all.await(30, SECONDS)).as("each got its place").isTrue();
    assertThat(tooMany).hasValue(0);
    assertThat(places.taken()).isZero();
    assertThat(places.take()).isTrue();
  }

  @Test
  void answersWhoseTimeIsOverBeforeItIsKnownWhichTimerItIs() throws Exception {
    ScheduledThreadPoolExecutor hasty =
        new ScheduledThreadPoolExecutor(1) {
          @Override
          public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            command.run();
            return super.schedule(command, delay, unit);
          }
        };
    try {
      Places places = new Places(1, 10, hasty);
      places.take();
      assertThat(waiting(places, LONG).get(10, SECONDS)).isFalse();
    } finally {
      hasty.shutdownNow();
    }
  }

  /** Such as a server that stops. */
  @Test
  void sendsAwayWhomNoThreadCanServe() {
    Places places = new Places(1, 10, scheduler);
    places.take();
    CompletableFuture<Boolean> waiting = waiting(places, LONG);
    scheduler.shutdownNow();
    places.release();
    assertThat(waiting).isCompletedWithValue(false);
    assertThat(places.taken()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"384, 1536", "512, 2048", "2000, 8000", "65536, 8000"})
  void takesNoMoreThanTheHeapCanHold(long megabytes, int most) {
    assertThat(Places.inHeap(megabytes << 20)).isEqualTo(most);
  }

  private static CompletableFuture<Boolean> waiting(Places places, Duration limit) {
    return places.await(limit).toCompletableFuture();
  }
}
