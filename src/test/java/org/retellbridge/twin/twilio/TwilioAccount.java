package org.retellbridge.twin.twilio;

/**
 * Credentials of an account: the token signs webhooks, and either the token or the API key opens
 * the REST API (documented).
 */
public record TwilioAccount(String sid, String authToken, String keySid, String keySecret) {

  boolean opens(String userAndPassword) {
    return userAndPassword.equals(sid + ":" + authToken)
        || userAndPassword.equals(keySid + ":" + keySecret);
  }
}
