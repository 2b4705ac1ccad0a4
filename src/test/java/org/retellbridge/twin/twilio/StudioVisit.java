package org.retellbridge.twin.twilio;

import java.util.Map;

/**
 * A call that a TwiML App got, as the Studio flow behind it would see it.
 *
 * @param parameters in the TwiML's order; Studio knows {@code name} as {@code Param_name}
 */
public record StudioVisit(
    String parentCallSid, String applicationSid, String from, Map<String, String> parameters) {}
