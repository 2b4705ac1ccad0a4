package org.retellbridge.foundation.outbound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.message.internal.Statuses;

/**
 * One request on its way. Whatever happens first decides: the answer, a failure, the deadline or a
 * cancellation. Jersey hears of it once; whatever comes later is ignored, and a connection that is
 * still busy is closed.
 */
final class Exchange extends CompletableFuture<Void> {

  private final ClientRequest request;
  private final AsyncConnectorCallback callback;
  private final Set<Exchange> inFlight;
  private final boolean waited;
  private volatile Executor callbacks = Runnable::run;
  private volatile Future<?> deadline;
  private volatile Future<?> transfer;

  /**
   * @param waited whether a thread waits for the outcome: then nothing follows it that could hold
   *     the thread that found it, and those of the transport may all be busy
   */
  Exchange(
      ClientRequest request,
      AsyncConnectorCallback callback,
      boolean waited,
      Set<Exchange> inFlight) {
    this.request = request;
    this.callback = callback;
    this.waited = waited;
    this.inFlight = inFlight;
    inFlight.add(this);
  }

  void send(Transport transport) throws IOException {
    if (!waited) {
      callbacks = transport.threads().callbacks();
    }
    HttpRequest message = RequestTranslation.translate(request);
    Duration limit = Limits.of(request);
    deadline = transport.threads().after(limit, () -> expire(limit));
    CompletableFuture<?> sending =
        transport.http().sendAsync(message, info -> new CappedBody(info, this));
    transfer = sending;
    sending.whenComplete((nothing, failure) -> failIfFailed(failure));
    if (isDone()) {
      release();
    }
  }

  /**
   * Runs in a thread of the transport's pool, so Jersey and the caller's next stages need no
   * further change of thread.
   */
  void answer(HttpResponse.ResponseInfo info, byte[] body, int length) {
    if (!complete(null)) {
      return;
    }
    release();
    try {
      var response = new ClientResponse(Statuses.from(info.statusCode()), request);
      response.headers(info.headers().map());
      response.setEntityStream(new ByteArrayInputStream(body, 0, length));
      callback.response(response);
    } catch (RuntimeException | Error e) {
      // Jersey broke on the answer before it completed the caller's stage; nobody else would
      // complete it.
      callback.failure(e);
    }
  }

  void fail(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!completeExceptionally(cause)) {
      return;
    }
    release();
    try {
      callbacks.execute(() -> callback.failure(cause));
    } catch (RejectedExecutionException closed) {
      callback.failure(cause);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    fail(new CancellationException("The request was cancelled"));
    return isCancelled();
  }

  /**
   * Fails in the calling thread: Jersey takes its injection down right after it has closed the
   * transport, and a failure that arrived later would break inside Jersey and leave the caller
   * waiting for ever.
   */
  void abandon() {
    callbacks = Runnable::run;
    cancel(true);
  }

  private void failIfFailed(Throwable failure) {
    if (failure != null) {
      fail(failure);
    }
  }

  private void expire(Duration limit) {
    fail(new HttpTimeoutException("No complete answer within " + limit.toMillis() + " ms"));
  }

  private void release() {
    inFlight.remove(this);
    Future<?> timer = deadline;
    if (timer != null) {
      timer.cancel(false);
    }
    Future<?> busy = transfer;
    if (busy != null && isCompletedExceptionally()) {
      busy.cancel(true);
    }
  }
}
