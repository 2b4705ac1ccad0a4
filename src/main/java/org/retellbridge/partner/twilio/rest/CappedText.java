package org.retellbridge.partner.twilio.rest;

import static org.retellbridge.partner.twilio.rest.TwilioRest.VENDOR;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.retellbridge.foundation.resilience.VendorFailure;

/** An answer as a text; one that does not end is cut off before it fills the heap. */
final class CappedText implements BodySubscriber<String> {
  /** Far above any answer of Twilio's. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final BodySubscriber<String> text;
  private Flow.Subscription subscription;
  private long left = MAX_BYTES;

  CappedText(BodySubscriber<String> text) {
    this.text = text;
  }

  @Override
  public CompletionStage<String> getBody() {
    return text.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    text.onSubscribe(newSubscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (left < 0) {
      return;
    }
    left -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (left < 0) {
      subscription.cancel();
      text.onError(VendorFailure.of(VENDOR, VendorFailure.Kind.GARBLED));
      return;
    }
    text.onNext(buffers);
  }

  @Override
  public void onError(Throwable failure) {
    if (left >= 0) {
      text.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    if (left >= 0) {
      text.onComplete();
    }
  }
}
