/** From the agent to a person: takes the live call out of the agent's hands. */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.ledger",
  "foundation.metrics",
  "foundation.resilience",
  "foundation.settings",
  "foundation.telephony",
  "partner.retell.functions",
  "partner.twilio",
  "partner.twilio.rest"
})
package org.retellbridge.feature.handoffs;

import org.retellbridge.foundation.architecture.MayUse;
