package org.retellbridge.foundation.settings;

import java.util.List;

/** The bridge's own paths that others are told to ask, below {@code PUBLIC_BASE_URL}. */
public final class OwnPaths {
  /** A call has come in. */
  public static final String START = "/start";

  /** A leg of a call is over. */
  public static final String DIAL_ENDED = "/dial_ended";

  /** A caller waits in a queue. */
  public static final String HOLD = "/hold";

  /** Retell reports what becomes of a call. */
  public static final String RETELL_EVENTS = "/retell/events";

  /** What Twilio asks for a caller, who would come round for ever by way of any of them. */
  static final List<String> OF_CALLERS = List.of(START, DIAL_ENDED, HOLD);

  private OwnPaths() {}
}
