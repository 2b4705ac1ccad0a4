package org.retellbridge.partner.twilio;

/** An event: an agent hands its call over, in a while perhaps. */
public record CallHandedOver(HandoverWish wish) {}
