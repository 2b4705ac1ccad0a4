package org.retellbridge.twin.retell;

import java.util.List;
import org.retellbridge.twin.wire.Exchange;

/** A lifecycle event and the attempts to deliver it; none where nobody asked for it. */
public record Delivery(String event, String callId, List<Exchange> attempts) {

  public boolean delivered() {
    return !attempts.isEmpty() && attempts.get(attempts.size() - 1).ok();
  }
}
