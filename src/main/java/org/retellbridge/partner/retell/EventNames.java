package org.retellbridge.partner.retell;

import java.util.List;

/** The events of a call that the bridge asks Retell to report, in their order. */
public final class EventNames {
  public static final String STARTED = "call_started";
  public static final String ENDED = "call_ended";
  public static final String ANALYZED = "call_analyzed";

  static final List<String> ALL = List.of(STARTED, ENDED, ANALYZED);

  private EventNames() {}
}
