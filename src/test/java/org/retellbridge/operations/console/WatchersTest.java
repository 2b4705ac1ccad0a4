package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.resilience.Timers;

class WatchersTest {
  private final AtomicReference<Runnable> look = new AtomicReference<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final HeldTimer timer = new HeldTimer();
  private final Watchers watchers = new Watchers(new OwnTimers(), new BrokenNews());

  @BeforeEach
  void start() {
    watchers.start();
    watchers.add(new Watcher(open(SseEventSink.class), open(Sse.class), Instant.MAX));
  }

  @AfterEach
  void stop() {
    watchers.stop();
    timer.shutdownNow();
  }

  /** What a timer runs and what throws is never run again. */
  @Test
  void goesOnLookingAfterAFault() {
    assertThatCode(() -> look.get().run()).doesNotThrowAnyException();
    assertThatCode(() -> look.get().run()).doesNotThrowAnyException();

    assertThat(asked).hasValue(2);
  }

  private final class BrokenNews extends News {
    @Override
    String whole() {
      return "{}";
    }

    @Override
    CompletionStage<Optional<String>> next() {
      if (asked.getAndIncrement() == 0) {
        throw new IllegalStateException("broken");
      }
      return CompletableFuture.completedStage(Optional.empty());
    }
  }

  private final class OwnTimers extends Timers {
    @Override
    public ScheduledExecutorService scheduler() {
      return timer;
    }

    @Override
    public ManagedExecutorService executor() {
      return open(ManagedExecutorService.class);
    }
  }

  /** Takes the work and leaves the time to the test. */
  private final class HeldTimer extends ScheduledThreadPoolExecutor {
    HeldTimer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable work, long first, long time, TimeUnit unit) {
      look.set(work);
      return super.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.DAYS);
    }
  }

  /** Does nothing and is never over. */
  private static <T> T open(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> none(method)));
  }

  private static Object none(Method method) {
    Class<?> type = method.getReturnType();
    if (type == boolean.class) {
      return false;
    }
    return type.isInterface() ? open(type) : null;
  }
}
