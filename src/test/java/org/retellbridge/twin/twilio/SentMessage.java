package org.retellbridge.twin.twilio;

/**
 * An accepted SMS.
 *
 * @param from empty where a messaging service picks the number
 */
public record SentMessage(
    String sid, String from, String messagingServiceSid, String to, String body) {}
