/** Everything that the bridge knows of Twilio: its webhooks, its signatures, its TwiML. */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.settings",
  "foundation.telephony",
  "foundation.webhooks"
})
package org.retellbridge.partner.twilio;

import org.retellbridge.foundation.architecture.MayUse;
