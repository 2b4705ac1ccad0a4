package org.retellbridge.foundation.http;

import java.net.ConnectException;

/** No byte of the question left this machine, so the vendor surely did nothing. */
final class Unsent extends ConnectException {
  private static final long serialVersionUID = 1L;

  Unsent(Throwable cause) {
    super("not sent: " + cause.getClass().getSimpleName());
    initCause(cause);
  }
}
