package org.retellbridge.foundation.webhooks;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How it ends when a body is read as it arrives: once, with the body or with a refusal. Vendors
 * take a 2xx for a success and send nothing again, so whatever goes wrong must not end as one.
 */
final class BodyEnd {
  private static final System.Logger LOGGER = System.getLogger(BodyEnd.class.getName());

  private final AsyncContext context;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Body body;
  private final Refusing refusing;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Future<?> patience = CompletableFuture.completedFuture(null);

  BodyEnd(
      AsyncContext context,
      HttpServletRequest request,
      HttpServletResponse response,
      Body body,
      Refusing refusing) {
    this.context = context;
    this.request = request;
    this.response = response;
    this.body = body;
    this.refusing = refusing;
  }

  boolean over() {
    return over.get();
  }

  /** What is to be cancelled at the end. */
  void expire(Future<?> patience) {
    this.patience = patience;
  }

  /** It is there in full, and the request goes on its way with it. */
  void deliver() {
    if (!ended()) {
      return;
    }
    try {
      SignedRequest.attach(request, body.bytes());
      context.dispatch();
    } catch (RuntimeException | Error e) {
      answer(Refusal.BUSY);
      tell(e);
    }
  }

  void refuse(Refusal refusal) {
    if (ended()) {
      answer(refusal);
    }
  }

  /** Nobody but this side is to blame, which may have no memory left. */
  void fail(Throwable problem) {
    if (ended()) {
      answer(Refusal.BUSY);
      tell(problem);
    }
  }

  /** The sender went away or broke the protocol: hardly anybody is there to answer. */
  void cut(IOException problem) {
    if (ended()) {
      LOGGER.log(DEBUG, "A request body was cut: {0}", problem.getClass().getName());
      try {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      } finally {
        context.complete();
      }
    }
  }

  /** Whether it ends now; it does so once. */
  private boolean ended() {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    patience.cancel(false);
    body.settle();
    return true;
  }

  private void answer(Refusal refusal) {
    try {
      // First of all: what comes after it may fail too.
      response.setStatus(refusal.status());
      refusing.answer(refusal);
    } catch (IOException e) {
      LOGGER.log(DEBUG, "A refusal could not be sent: {0}", e.getClass().getName());
    } finally {
      context.complete();
    }
  }

  private static void tell(Throwable problem) {
    LOGGER.log(WARNING, "A request body could not be taken in: {0}", problem.getClass().getName());
  }

  /** Sends the refusal. */
  @FunctionalInterface
  interface Refusing {
    void answer(Refusal refusal) throws IOException;
  }
}
