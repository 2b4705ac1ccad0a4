/**
 * Twilio's REST API through its SDK, on threads of its own: live calls, messages, tasks. A refusal
 * is an answer with words to speak; trouble on the way is a {@link
 * org.retellbridge.foundation.resilience.VendorFailure}.
 */
@MayUse({
  "foundation.architecture",
  "foundation.checkup",
  "foundation.json",
  "foundation.metrics",
  "foundation.resilience",
  "foundation.settings",
  "foundation.telephony"
})
package org.retellbridge.partner.twilio.rest;

import org.retellbridge.foundation.architecture.MayUse;
