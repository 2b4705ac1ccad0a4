package org.retellbridge.partner.twilio.rest;

import org.retellbridge.foundation.resilience.VendorFailure;

/** The names that Twilio gives to what it created. */
final class Sids {
  private Sids() {}

  /**
   * The SID, checked.
   *
   * @throws VendorFailure {@code GARBLED} for anything else: Twilio said yes, and to what is
   *     unknown
   */
  static String created(String prefix, String sid) {
    if (sid == null || !sid.matches("(" + prefix + ")[0-9a-fA-F]{32}")) {
      throw VendorFailure.of(TwilioRest.VENDOR, VendorFailure.Kind.GARBLED);
    }
    return sid;
  }
}
