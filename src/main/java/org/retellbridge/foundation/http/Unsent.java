package org.retellbridge.foundation.http;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;

/** No byte of the question left this machine, so the vendor surely did nothing. */
final class Unsent extends ConnectException {
  private static final long serialVersionUID = 1L;

  Unsent(Throwable cause) {
    super("not sent: " + cause.getClass().getSimpleName());
    initCause(cause);
  }

  /** Whether only whoever asked waited no longer, which tells nothing of the vendor's address. */
  boolean givenUp() {
    return getCause() instanceof HttpTimeoutException;
  }
}
