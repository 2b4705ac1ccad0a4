package org.retellbridge.twin.twilio;

import java.util.Optional;
import org.retellbridge.twin.retell.AgentCall;

/**
 * Who is at the other end.
 *
 * @param name an agent's id, a number, a TwiML App's SID, a workflow's SID
 * @param agent the agent's side of the conversation, where it is one
 */
public record Party(Kind kind, String name, Optional<AgentCall> agent) {

  public enum Kind {
    AGENT(Heard.Kind.AGENT),
    NUMBER(Heard.Kind.NUMBER),
    STUDIO(Heard.Kind.STUDIO),
    PERSON(Heard.Kind.PERSON);

    private final Heard.Kind heard;

    Kind(Heard.Kind heard) {
      this.heard = heard;
    }

    Heard.Kind heard() {
      return heard;
    }
  }

  static Party of(Kind kind, String name) {
    return new Party(kind, name, Optional.empty());
  }
}
