package org.retellbridge.foundation.telephony;

/**
 * An event: the agent's part of a call is over. The call itself may go on, and may even be with an
 * agent again under another {@code call_id}.
 */
public record AgentCallOver(CallSid callSid, CallId callId) {}
