package org.retellbridge.foundation.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * One question on its way, in the thread of the reactor that reads its answer. Whatever happens
 * first decides: the whole answer, a failure or the deadline. After anything but a whole answer the
 * connection is thrown away.
 */
final class Exchange extends CompletableFuture<Reply>
    implements AsyncClientExchangeHandler, FutureCallback<AsyncClientEndpoint> {
  private final Question question;
  private final HttpHost target;
  private final ByteBuffer body;
  private volatile boolean sending;
  private volatile AsyncClientEndpoint endpoint;
  private volatile Future<?> deadline;
  private IncomingReply incoming;

  Exchange(Question question, HttpHost target) {
    this.question = question;
    this.target = target;
    this.body = question.body().map(text -> ByteBuffer.wrap(text.getBytes(UTF_8))).orElse(null);
  }

  void endsWith(Future<?> timer) {
    deadline = timer;
    if (isDone()) {
      timer.cancel(false);
    }
  }

  void expire() {
    fail(new HttpTimeoutException("no whole answer in time"));
  }

  /** There is a connection. */
  @Override
  public void completed(AsyncClientEndpoint connected) {
    endpoint = connected;
    if (isDone()) {
      discard();
      return;
    }
    try {
      unlessAnErrorEndsTheThread(() -> connected.execute(this, HttpCoreContext.create()));
    } catch (IOException e) {
      fail(e);
    }
  }

  /** What is no HTTP is trouble with the connection, for which HttpCore has words of its own. */
  @Override
  public void failed(Exception failure) {
    fail(failure instanceof HttpException ? new IOException(failure) : failure);
  }

  @Override
  public void cancelled() {
    fail(new ConnectionClosedException("closed"));
  }

  @Override
  public void cancel() {
    fail(new ConnectionClosedException("closed"));
  }

  private void fail(Exception failure) {
    if (completeExceptionally(sending ? failure : new Unsent(failure))) {
      stop();
      discard();
    }
  }

  private void discard() {
    AsyncClientEndpoint open = endpoint;
    if (open != null) {
      open.releaseAndDiscard();
    }
  }

  private void stop() {
    Future<?> timer = deadline;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    unlessAnErrorEndsTheThread(() -> send(channel, context));
  }

  private void send(RequestChannel channel, HttpContext context) throws HttpException, IOException {
    BasicHttpRequest request = new BasicHttpRequest(question.method(), target, question.target());
    question.headers().forEach(request::addHeader);
    sending = true;
    channel.sendRequest(
        request,
        body == null
            ? null
            : new BasicEntityDetails(body.remaining(), ContentType.APPLICATION_JSON),
        context);
  }

  @Override
  public int available() {
    return body == null ? 0 : body.remaining();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (body.hasRemaining()) {
      channel.write(body);
    }
    if (!body.hasRemaining()) {
      channel.endStream();
    }
  }

  @Override
  public void consumeInformation(HttpResponse interim, HttpContext context) {
    // 100 and 103 say nothing that matters here.
  }

  @Override
  public void consumeResponse(HttpResponse answer, EntityDetails details, HttpContext context)
      throws IOException {
    unlessAnErrorEndsTheThread(() -> incoming = new IncomingReply(answer, details));
    if (details == null) {
      streamEnd(List.of());
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    unlessAnErrorEndsTheThread(() -> incoming.add(bytes));
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) throws IOException {
    unlessAnErrorEndsTheThread(this::answer);
  }

  private void answer() {
    if (isDone()) {
      return;
    }
    endpoint.releaseAndReuse();
    stop();
    complete(incoming.whole());
  }

  /**
   * HttpCore takes exceptions; an error, such as a heap that is full, would end its thread for
   * good.
   */
  private static <E extends Exception> void unlessAnErrorEndsTheThread(Step<E> step)
      throws E, IOException {
    try {
      step.run();
    } catch (Error e) {
      throw new IOException(e);
    }
  }

  private interface Step<E extends Exception> {
    void run() throws E, IOException;
  }

  /** The connection was lost before the whole answer was there. */
  @Override
  public void releaseResources() {
    if (!isDone()) {
      fail(new ConnectionClosedException("closed before the whole answer was there"));
    }
  }
}
