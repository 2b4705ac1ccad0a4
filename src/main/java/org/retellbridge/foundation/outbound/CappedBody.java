package org.retellbridge.foundation.outbound;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Collects the answer and hands it over in the thread that read its last byte. Waiting for the
 * future of {@code sendAsync} instead would cost a change of thread for each answer, to a thread
 * without the application's class loader.
 */
final class CappedBody implements HttpResponse.BodySubscriber<Void> {

  /** Far above any answer of the vendors, far below what would fill the heap. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int USUAL_BYTES = 1024;

  /**
   * The announced length is a stranger's word: it saves copying usual answers, and reserves no more
   * than this.
   */
  private static final int MAX_RESERVED_BYTES = 64 * 1024;

  private final HttpResponse.ResponseInfo info;
  private final Exchange exchange;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Flow.Subscription subscription;
  private byte[] bytes;
  private int length;

  CappedBody(HttpResponse.ResponseInfo info, Exchange exchange) {
    this.info = info;
    this.exchange = exchange;
    long announced = info.headers().firstValueAsLong("Content-Length").orElse(USUAL_BYTES);
    bytes = new byte[(int) Math.min(Math.max(announced, 0), MAX_RESERVED_BYTES)];
  }

  @Override
  public CompletionStage<Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    buffers.forEach(this::append);
  }

  @Override
  public void onError(Throwable failure) {
    exchange.fail(failure);
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    done.complete(null);
    exchange.answer(info, bytes, length);
  }

  private void append(ByteBuffer buffer) {
    if (done.isDone()) {
      return;
    }
    int size = buffer.remaining();
    if (size > MAX_BYTES - length) {
      subscription.cancel();
      onError(new IOException("The answer is larger than " + MAX_BYTES + " bytes"));
      return;
    }
    if (size > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(bytes.length * 2, length + size)));
    }
    buffer.get(bytes, length, size);
    length += size;
  }
}
