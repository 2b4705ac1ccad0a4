package org.retellbridge.foundation.webhooks;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads a body as it arrives and then sends the request on its way again. */
final class BodyReader implements ReadListener, AsyncListener {
  private static final System.Logger LOGGER = System.getLogger(BodyReader.class.getName());

  /** Longer than any vendor waits for a whole answer. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final AsyncContext context;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final ServletInputStream in;
  private final Body body;
  private final AtomicBoolean over = new AtomicBoolean();

  private BodyReader(
      AsyncContext context, HttpServletRequest request, HttpServletResponse response, Body body)
      throws IOException {
    this.context = context;
    this.request = request;
    this.response = response;
    this.body = body;
    this.in = request.getInputStream();
  }

  static void start(HttpServletRequest request, HttpServletResponse response, Body body)
      throws IOException {
    AsyncContext context = request.startAsync();
    context.setTimeout(PATIENCE_MILLIS);
    BodyReader reader = new BodyReader(context, request, response, body);
    context.addListener(reader);
    reader.in.setReadListener(reader);
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (!over.get() && in.isReady() && !in.isFinished()) {
      Refusal refusal = body.takeSome(in);
      if (refusal != null) {
        refuse(refusal);
      }
    }
  }

  @Override
  public void onAllDataRead() {
    if (over.compareAndSet(false, true)) {
      SignedRequest.attach(request, body.bytes());
      body.settle();
      context.dispatch();
    }
  }

  /** The sender went away or broke the protocol: there is nobody to answer. */
  @Override
  public void onError(Throwable problem) {
    if (over.compareAndSet(false, true)) {
      body.settle();
      LOGGER.log(DEBUG, "A request body was cut: {0}", problem.getClass().getName());
      context.complete();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    refuse(Refusal.TOO_SLOW);
  }

  private void refuse(Refusal refusal) {
    if (over.compareAndSet(false, true)) {
      body.settle();
      try {
        refusal.answer(response);
      } catch (IOException e) {
        LOGGER.log(DEBUG, "A refusal could not be sent: {0}", e.getClass().getName());
      }
      context.complete();
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    body.settle();
  }

  @Override
  public void onError(AsyncEvent event) {
    body.settle();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // The resource's own asynchronous answer: nothing of the body is left to watch.
  }
}
