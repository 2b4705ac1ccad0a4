package org.retellbridge.operations.console;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One open page. A page that does not read is told nothing more, and is closed. */
final class Watcher {
  /** What may wait for a slow reader. */
  private static final int PATIENCE = 5;

  private final SseEventSink sink;
  private final Sse sse;
  private final Instant ends;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param ends when its session is over
   */
  Watcher(SseEventSink sink, Sse sse, Instant ends) {
    this.sink = sink;
    this.sse = sse;
    this.ends = ends;
  }

  boolean gone(Instant now) {
    return sink.isClosed() || now.isAfter(ends) || waiting.get() > PATIENCE;
  }

  /** Some servers write on the thread that sends, so it is one that may wait. */
  void tell(String name, String data, Executor executor) {
    waiting.incrementAndGet();
    OutboundSseEvent event = sse.newEventBuilder().name(name).data(String.class, data).build();
    executor.execute(
        () -> {
          try {
            sent(sink.send(event));
          } catch (RuntimeException e) {
            close();
          }
        });
  }

  void close() {
    try {
      sink.close();
    } catch (RuntimeException e) {
      // The page left: there is nobody to tell.
      waiting.set(Integer.MAX_VALUE);
    }
  }

  private void sent(CompletionStage<?> stage) {
    stage.whenComplete(
        (done, thrown) -> {
          if (thrown != null) {
            close();
            return;
          }
          waiting.decrementAndGet();
        });
  }
}
