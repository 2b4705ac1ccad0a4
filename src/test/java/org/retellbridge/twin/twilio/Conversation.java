package org.retellbridge.twin.twilio;

import org.retellbridge.twin.retell.AgentCall;

/** What an agent does in a call that is played without a hand on it; it hangs up afterwards. */
@FunctionalInterface
public interface Conversation {
  void talk(AgentCall agent);
}
