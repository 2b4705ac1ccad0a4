package org.retellbridge.partner.twilio.rest;

/** What Twilio said: a resource, or no. */
sealed interface TwilioReply<T> {

  /** Twilio did it. */
  record Done<T>(T resource) implements TwilioReply<T> {}

  /**
   * Twilio said no.
   *
   * @param code Twilio's own, or the HTTP status when there was none
   * @param trace the code, the HTTP status and the id by which Twilio's support finds the request
   */
  record Refused<T>(int code, String trace) implements TwilioReply<T> {}
}
