package org.retellbridge.partner.retell.functions;

import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Caller;

/**
 * What this bridge itself knows of a call that it registered.
 *
 * @param outbound whether it is about the one who was called
 * @param caller whom the call is about
 */
public record KnownCall(
    CallId callId, CallSid callSid, boolean outbound, Optional<Caller> caller) {}
