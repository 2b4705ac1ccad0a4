package org.retellbridge.twin.twilio;

/**
 * An error or warning as it would stand in Twilio's debugger.
 *
 * @param code Twilio's; 0 for a remark of the twin's own
 */
public record Problem(int code, String message) {}
