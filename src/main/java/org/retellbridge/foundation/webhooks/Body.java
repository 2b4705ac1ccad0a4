package org.retellbridge.foundation.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body on its way in: what has come so far, its limit, and what it owes to the budget. */
final class Body {
  private static final int CHUNK = 8 * 1024;

  /**
   * What is there in full and no longer than this owes nothing: it is taken within microseconds by
   * one of the few request threads, and strangers whose bodies come slowly must not keep it out.
   */
  static final int SHORT = 64 * 1024;

  private final int limit;
  private final BodyBudget.Account account;
  private long held;
  private boolean settled;
  private ByteArrayOutputStream received = new ByteArrayOutputStream(0);

  Body(int limit, BodyBudget.Account account) {
    this.limit = limit;
    this.account = account;
  }

  /**
   * Takes exactly {@code length} bytes that are known to be there; {@code null} when all is well.
   */
  Refusal take(InputStream in, int length) throws IOException {
    if (length > SHORT && !hold(length)) {
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
    if (!hold(count)) {
      return Refusal.BUSY;
    }
    received.write(chunk, 0, count);
    return null;
  }

  int size() {
    return received.size();
  }

  /** All of it, once: the server keeps whoever read it until the answer is sent. */
  byte[] bytes() {
    byte[] all = received.toByteArray();
    received = new ByteArrayOutputStream(0);
    return all;
  }

  /** Gives the budget back what this body held; what comes later is not taken any more. */
  synchronized void settle() {
    settled = true;
    account.release(held);
    held = 0;
  }

  /** What is reserved counts, not what arrives: a stream may end or break before. */
  private synchronized boolean hold(int bytes) {
    if (settled || !account.reserve(bytes)) {
      return false;
    }
    held += bytes;
    return true;
  }
}
