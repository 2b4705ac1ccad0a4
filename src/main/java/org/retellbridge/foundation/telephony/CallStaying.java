package org.retellbridge.foundation.telephony;

/** An event: a call that was {@link CallLeaving} could not be taken from its agent after all. */
public record CallStaying(CallSid callSid) {}
