package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.partner.retell.functions.FunctionThreads.Crowded;

class FunctionThreadsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final List<Long> waits = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService scheduler =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
          waits.add(unit.toMillis(delay));
          return super.schedule(task, delay, unit);
        }
      };
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

    assertThat(get(run(() -> CompletableFuture.completedStage(Thread.currentThread()))))
        .isNotEqualTo(Thread.currentThread());
  }

  @Test
  void handsOnWhatGoesWrong() {
    open(1, 1, LONG);

    assertThatThrownBy(() -> get(run(() -> CompletableFuture.failedStage(new Crowded()))))
        .hasCauseInstanceOf(Crowded.class);
    assertThatThrownBy(
            () ->
                get(
                    run(
                        () -> {
                          throw new NoClassDefFoundError("com/acme/Missing");
                        })))
        .hasCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void refusesAtOnceWhatIsTooMuch() throws Exception {
    open(1, 1, LONG);
    CompletionStage<String> first = run(blocking());
    CompletionStage<String> waiting = run(blocking());
    CompletionStage<String> tooMuch = run(blocking());

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
    run(() -> {
          began.countDown();
          return blocking().get();
        })
        .thenAccept(first::complete);
    assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
    CompletionStage<String> late = run(blocking());

    assertThatThrownBy(() -> get(late)).hasCauseInstanceOf(Crowded.class);
    held.countDown();
    assertThat(get(first)).isEqualTo("done");
    assertThat(get(run(blocking()))).as("behind the late one").isEqualTo("done");
    assertThat(begun).hasValue(2);
  }

  /** The agent was told that it is not certain, and may have asked somebody else meanwhile. */
  @Test
  void neverBeginsWhatWasAnsweredMeanwhile() throws Exception {
    open(1, 2, LONG);
    CompletionStage<String> first = run(blocking());
    CompletionStage<String> second = run(blocking());
    second.toCompletableFuture().completeExceptionally(new TimeoutException());

    held.countDown();
    assertThat(get(first)).isEqualTo("done");
    assertThat(get(run(blocking()))).as("behind the late one").isEqualTo("done");
    assertThat(begun).hasValue(2);
  }

  /** Else the deadline would say that it is not certain, though nothing was done. */
  @Test
  void refusesBeforeTheTimeOfWhoeverAsksIsOver() {
    open(1, 1, LONG);
    run(blocking());

    assertThatThrownBy(() -> get(threads.run(blocking(), Duration.ofMillis(100))))
        .hasCauseInstanceOf(Crowded.class);
    assertThat(waits).containsExactly(LONG.toMillis() / 2, 50L);
  }

  /** Nobody else would say so: the timers end with the same application. */
  @Test
  void refusesWhatStillWaitsAtTheEnd() throws Exception {
    open(1, 2, LONG);
    CompletableFuture<Thread> running = new CompletableFuture<>();
    CompletionStage<String> first =
        run(
            () -> {
              running.complete(Thread.currentThread());
              return blocking().get();
            });
    get(running);
    CompletionStage<String> second = run(blocking());
    CompletionStage<String> third = run(blocking());

    threads.close();

    assertThatThrownBy(() -> get(second)).hasCauseInstanceOf(Crowded.class);
    assertThatThrownBy(() -> get(third)).hasCauseInstanceOf(Crowded.class);
    assertThatThrownBy(() -> get(first)).hasCauseInstanceOf(InterruptedException.class);
    assertThat(begun).hasValue(1);
  }

  @Test
  void refusesWhatComesAfterTheEnd() {
    open(1, 1, LONG);
    threads.close();

    assertThatThrownBy(() -> get(run(blocking()))).hasCauseInstanceOf(Crowded.class);
    assertThat(begun).hasValue(0);
  }

  /** A server's factory does so once its application is gone, each server in its own way. */
  @Test
  void refusesWhatTheServerGivesNoThreadFor() {
    for (Throwable gone : List.of(new IllegalStateException(), new NoClassDefFoundError())) {
      threads.open(factoryThatThrows(gone), scheduler, 1, 1, LONG);

      assertThatThrownBy(() -> get(run(blocking()))).hasCauseInstanceOf(Crowded.class);
    }
    assertThat(begun).hasValue(0);
  }

  @Test
  void refusesWhenTheTimersHaveEnded() {
    open(1, 1, LONG);
    scheduler.shutdownNow();

    assertThatThrownBy(() -> get(run(blocking()))).hasCauseInstanceOf(Crowded.class);
    assertThat(begun).hasValue(0);
  }

  /** The ledger ends with the default priority, and has to write down what is refused. */
  @Test
  void endsBeforeTheLedger() throws Exception {
    open(1, 1, LONG);
    Parameter event =
        FunctionThreads.class.getDeclaredMethod("end", Object.class).getParameters()[0];

    assertThat(event.getAnnotation(Priority.class).value())
        .isLessThan(ObserverMethod.DEFAULT_PRIORITY);
  }

  private static ThreadFactory factoryThatThrows(Throwable thrown) {
    return task -> {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    };
  }

  private <T> CompletionStage<T> run(Supplier<CompletionStage<T>> function) {
    return threads.run(function, LONG);
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
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
