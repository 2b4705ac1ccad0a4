package org.retellbridge.twin.twilio;

import java.util.Locale;

/** What becomes of a caller in a queue, as in {@code QueueResult}. */
public enum QueueResult {
  BRIDGED,
  ERROR,
  HANGUP,
  /** As a script: nobody takes the call, and it stays until its wait document has it leave. */
  LEAVE,
  QUEUE_FULL,
  SYSTEM_ERROR;

  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
