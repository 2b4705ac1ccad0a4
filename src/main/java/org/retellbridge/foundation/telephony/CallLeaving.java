package org.retellbridge.foundation.telephony;

/**
 * An event: a live call is about to be taken from its agent. It may come back as a new call to
 * {@code /start} at once, so who remembers anything of its start forgets it now.
 */
public record CallLeaving(CallSid callSid) {}
