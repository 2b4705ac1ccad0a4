package org.retellbridge.partner.segment;

import org.retellbridge.foundation.telephony.Caller;

/**
 * Of whom something is written.
 *
 * @param caller the customer's address
 * @param verified whether the telephone network or Twilio vouches for it; a browser does not, and
 *     what is not vouched for is the {@code userId} all the same, as in the original, but never an
 *     external id
 */
public record Customer(Caller caller, boolean verified) {}
