package org.retellbridge.foundation.webhooks;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads a body as it arrives and then sends the request on its way again. On Grizzly, which is the
 * network part of Payara and GlassFish, it does three things otherwise than the specification has
 * it (seen with Payara Micro 6.2025.10 and GlassFish 7.0.15, docs/adr/0003):
 *
 * <ul>
 *   <li>It asks nothing more once the announced length is there. {@code isReady()} after the last
 *       byte has the server read the connection's next request, whose body is then missed. On other
 *       servers the end of a body is not told to who does not ask for it.
 *   <li>It begins after the request's own thread has gone back to the server: a dispatch that is
 *       asked for while that thread is on its way out may be forgotten.
 *   <li>It does not listen to what becomes of the asynchronous request: GlassFish sets the status
 *       to 200 before it tells a listener, and whatever was refused looked accepted.
 * </ul>
 */
final class BodyReader implements ReadListener, AsyncListener {
  private static final long PATIENCE_MILLIS = 10_000;

  /**
   * The body's time is watched here: on Payara Micro 6.2025.10 a limit that the server watches goes
   * on after the body is whole, and turned a function's slow answer into an error page.
   */
  private static final long NO_LIMIT = 0;

  /**
   * Servers which do not say that the request's thread is back are held to have it back by then.
   */
  private static final int MOST_LOOKS = 20;

  private static final long LOOK_AGAIN_MILLIS = 1;

  private final ScheduledExecutorService timers;
  private final boolean grizzly;
  private final AsyncContext context;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final ServletInputStream in;
  private final Body body;
  private final BodyEnd end;
  private int looks;

  private BodyReader(
      ScheduledExecutorService timers,
      boolean grizzly,
      AsyncContext context,
      HttpServletRequest request,
      HttpServletResponse response,
      Body body,
      BodyEnd end)
      throws IOException {
    this.timers = timers;
    this.grizzly = grizzly;
    this.context = context;
    this.request = request;
    this.response = response;
    this.body = body;
    this.end = end;
    this.in = request.getInputStream();
  }

  static void start(
      ScheduledExecutorService timers,
      boolean grizzly,
      HttpServletRequest request,
      HttpServletResponse response,
      Body body,
      BodyEnd.Refusing refusing)
      throws IOException {
    AsyncContext context = request.startAsync();
    context.setTimeout(NO_LIMIT);
    BodyEnd end = new BodyEnd(context, request, response, body, refusing);
    BodyReader reader = new BodyReader(timers, grizzly, context, request, response, body, end);
    end.expire(reader.later(() -> end.refuse(Refusal.TOO_SLOW), PATIENCE_MILLIS));
    if (grizzly) {
      reader.beginLater();
    } else {
      context.addListener(reader);
      reader.listen();
    }
  }

  private void beginLater() {
    if (request.getContentLengthLong() < 0 && "HTTP/1.1".equals(request.getProtocol())) {
      // Nobody knows when such a body is whole, so its request is the connection's last.
      response.setHeader("Connection", "close");
    }
    later(this::awaitReturn, LOOK_AGAIN_MILLIS);
  }

  private Future<?> later(Runnable step, long millis) {
    try {
      return timers.schedule(step, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      end.refuse(Refusal.BUSY);
      return CompletableFuture.completedFuture(null);
    }
  }

  private void awaitReturn() {
    if (returned() || ++looks >= MOST_LOOKS) {
      // The server says so a few instructions before it is true.
      later(this::listen, LOOK_AGAIN_MILLIS);
      return;
    }
    later(this::awaitReturn, LOOK_AGAIN_MILLIS);
  }

  /** The only sign of it that the specification knows: the time limit is fixed from then on. */
  private boolean returned() {
    try {
      context.setTimeout(NO_LIMIT);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void listen() {
    if (end.over()) {
      return;
    }
    try {
      in.setReadListener(this);
    } catch (IllegalStateException e) {
      end.refuse(Refusal.BUSY);
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    try {
      while (!end.over() && !(grizzly && whole()) && in.isReady() && !in.isFinished()) {
        Refusal refusal = body.takeSome(in);
        if (refusal != null) {
          end.refuse(refusal);
        }
      }
    } catch (RuntimeException | Error e) {
      end.fail(e);
    }
  }

  private boolean whole() {
    return body.size() == request.getContentLengthLong();
  }

  @Override
  public void onAllDataRead() {
    end.deliver();
  }

  @Override
  public void onError(Throwable problem) {
    if (problem instanceof IOException cut) {
      end.cut(cut);
    } else {
      end.fail(problem);
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end.refuse(Refusal.TOO_SLOW);
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
