package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.resilience.Timers;

class WatchersTest {
  private final AtomicReference<Runnable> look = new AtomicReference<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final HeldTimer timer = new HeldTimer();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final List<String> told = new ArrayList<>();
  private final Watchers watchers = new Watchers(new OwnTimers(), new BrokenNews(), nanos::get);

  @BeforeEach
  void start() {
    watchers.start();
    watchers.add(new Watcher(open(SseEventSink.class), sse(), Instant.MAX));
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

  /** Pages take silence for a lost connection. Nobody sets this clock, and it may overflow. */
  @Test
  void saysSomethingWhenNothingHappens() {
    look.get().run();
    nanos.addAndGet(Duration.ofSeconds(15).toNanos());
    look.get().run();
    assertThat(told).containsExactly("hello");

    nanos.addAndGet(1);
    look.get().run();
    look.get().run();
    assertThat(told).containsExactly("hello", "beat");
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

  /** Notes the names of events. */
  private Sse sse() {
    OutboundSseEvent.Builder builder =
        (OutboundSseEvent.Builder)
            Proxy.newProxyInstance(
                OutboundSseEvent.Builder.class.getClassLoader(),
                new Class<?>[] {OutboundSseEvent.Builder.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("name")) {
                    told.add((String) args[0]);
                  }
                  return method.getReturnType() == OutboundSseEvent.Builder.class
                      ? proxy
                      : none(method);
                });
    return (Sse)
        Proxy.newProxyInstance(
            Sse.class.getClassLoader(),
            new Class<?>[] {Sse.class},
            (proxy, method, args) -> builder);
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
