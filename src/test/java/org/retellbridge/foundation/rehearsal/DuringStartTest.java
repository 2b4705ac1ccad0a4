package org.retellbridge.foundation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DuringStartTest {

  @Test
  void waitsForWhatHasBegun() throws InterruptedException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean waits = new AtomicBoolean(true);
    Thread start =
        new Thread(
            () -> {
              DuringStart.begin(
                      executor,
                      () -> {
                        begun.countDown();
                        await(mayEnd);
                      })
                  .await();
              waits.set(false);
            });
    start.start();

    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(waits).isTrue();
    mayEnd.countDown();
    start.join(30_000);
    assertThat(waits).isFalse();
    executor.shutdownNow();
  }

  /** As on Open Liberty, where the start would wait for what waits for it. */
  @Test
  void waitsNotForAnExecutorThatWaitsItself() {
    List<Runnable> later = new ArrayList<>();
    AtomicBoolean ran = new AtomicBoolean();

    DuringStart.begin(later::add, () -> ran.set(true)).await();

    assertThat(ran).isFalse();
    later.forEach(Runnable::run);
    assertThat(ran).isTrue();
  }

  /** The application starts without it. */
  @Test
  void startsWithoutARehearsalThatNobodyRuns() {
    Executor full =
        rehearsal -> {
          throw new RejectedExecutionException();
        };
    AtomicBoolean ran = new AtomicBoolean();

    DuringStart.begin(full, () -> ran.set(true)).await();

    assertThat(ran).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
