package org.retellbridge.foundation.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body on its way in: what has come so far, its limit, and what it owes to the budget. */
final class Body {
  private static final int CHUNK = 8 * 1024;

  private final int limit;
  private final BodyBudget.Account account;
  private final AtomicBoolean settled = new AtomicBoolean();
  private ByteArrayOutputStream received = new ByteArrayOutputStream(0);

  Body(int limit, BodyBudget.Account account) {
    this.limit = limit;
    this.account = account;
  }

  /**
   * Takes exactly {@code length} bytes that are known to be there; {@code null} when all is well.
   */
  Refusal take(InputStream in, int length) throws IOException {
    if (!account.reserve(length)) {
      return Refusal.BUSY;
    }
    received = new ByteArrayOutputStream(length);
    received.write(in.readNBytes(length));
    return null;
  }

  /** Takes what one read gives; {@code null} when all is well. */
  Refusal takeSome(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int count = in.read(chunk);
    if (count <= 0) {
      return null;
    }
    if (received.size() + count > limit) {
      return Refusal.TOO_LARGE;
    }
    if (!account.reserve(count)) {
      return Refusal.BUSY;
    }
    received.write(chunk, 0, count);
    return null;
  }

  byte[] bytes() {
    return received.toByteArray();
  }

  /** Gives the budget back what this body held; once. */
  void settle() {
    if (settled.compareAndSet(false, true)) {
      account.release(received.size());
    }
  }
}
