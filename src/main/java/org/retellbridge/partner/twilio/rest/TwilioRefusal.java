package org.retellbridge.partner.twilio.rest;

/**
 * Twilio understood and said no. Keeps Twilio's code and request id, not its message, in which
 * numbers stand.
 */
final class TwilioRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  /**
   * @param code Twilio's own, or 0 when the answer was not in Twilio's form
   * @param requestId by which Twilio's support finds the request
   */
  TwilioRefusal(int status, int code, String requestId) {
    super("code " + code + " (HTTP " + status + ") request " + requestId, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }
}
