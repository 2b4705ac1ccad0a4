package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.partner.retell.functions.FunctionThreads.Crowded;

class FunctionThreadsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final FunctionThreads threads = new FunctionThreads();
  private final CountDownLatch held = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void close() {
    held.countDown();
    threads.close();
    scheduler.shutdownNow();
  }

  @Test
  void runsOnAThreadOfItsOwn() throws Exception {
    open(1, 1, LONG);

    assertThat(get(threads.run(() -> CompletableFuture.completedStage(Thread.currentThread()))))
        .isNotEqualTo(Thread.currentThread());
  }

  @Test
  void handsOnWhatGoesWrong() {
    open(1, 1, LONG);

    assertThatThrownBy(() -> get(threads.run(() -> CompletableFuture.failedStage(new Crowded()))))
        .hasCauseInstanceOf(Crowded.class);
    assertThatThrownBy(
            () ->
                get(
                    threads.run(
                        () -> {
                          throw new NoClassDefFoundError("com/acme/Missing");
                        })))
        .hasCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void refusesAtOnceWhatIsTooMuch() throws Exception {
    open(1, 1, LONG);
    CompletionStage<String> first = threads.run(blocking());
    CompletionStage<String> waiting = threads.run(blocking());
    CompletionStage<String> tooMuch = threads.run(blocking());

    assertThatThrownBy(() -> get(tooMuch)).hasCauseInstanceOf(Crowded.class);
    held.countDown();
    assertThat(get(first)).isEqualTo("done");
    assertThat(get(waiting)).isEqualTo("done");
    assertThat(begun).hasValue(2);
  }

  /** What was refused must not happen later all the same. */
  @Test
  void neverBeginsWhatWaitedTooLong() throws Exception {
    open(1, 2, Duration.ofMillis(200));
    CompletableFuture<String> first = new CompletableFuture<>();
    CountDownLatch began = new CountDownLatch(1);
    threads
        .run(
            () -> {
              began.countDown();
              return blocking().get();
            })
        .thenAccept(first::complete);
    assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
    CompletionStage<String> late = threads.run(blocking());

    assertThatThrownBy(() -> get(late)).hasCauseInstanceOf(Crowded.class);
    held.countDown();
    assertThat(get(first)).isEqualTo("done");
    assertThat(get(threads.run(blocking()))).as("behind the late one").isEqualTo("done");
    assertThat(begun).hasValue(2);
  }

  private void open(int most, int queue, Duration patience) {
    threads.open(Executors.defaultThreadFactory(), scheduler, most, queue, patience);
  }

  private Supplier<CompletionStage<String>> blocking() {
    return () -> {
      begun.incrementAndGet();
      try {
        held.await();
      } catch (InterruptedException e) {
        return CompletableFuture.failedStage(e);
      }
      return CompletableFuture.completedStage("done");
    };
  }

  private static <T> T get(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
