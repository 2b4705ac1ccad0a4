/** SMS to the caller, and to nobody else. */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.ledger",
  "foundation.resilience",
  "foundation.settings",
  "foundation.telephony",
  "partner.retell.functions",
  "partner.twilio.rest"
})
package org.retellbridge.feature.messages;

import org.retellbridge.foundation.architecture.MayUse;
