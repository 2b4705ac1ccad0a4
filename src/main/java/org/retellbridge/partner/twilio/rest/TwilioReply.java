package org.retellbridge.partner.twilio.rest;

/** What Twilio said: a resource, or no. */
sealed interface TwilioReply<T> {

  /** Twilio did it. */
  record Done<T>(T resource) implements TwilioReply<T> {}

  /**
   * Twilio said no.
   *
   * @param code Twilio's own, or the HTTP status when there was none
   */
  record Refused<T>(int code) implements TwilioReply<T> {}
}
