package org.retellbridge.twin.retell;

import java.util.Optional;

/**
 * How Retell answers an INVITE.
 *
 * @param code the SIP response code: 200, 404 for an unknown call, 480 after the dial window, 486
 *     for a call that was dialled before (the codes are inferred)
 */
public record SipAnswer(int code, Optional<AgentCall> agent) {

  static SipAnswer refused(int code) {
    return new SipAnswer(code, Optional.empty());
  }
}
