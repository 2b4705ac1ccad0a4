/**
 * From Twilio's voice webhook to the agent, and what follows when a leg of the call is over. A
 * caller always gets an answer.
 */
@MayUse({
  "foundation.architecture",
  "foundation.hours",
  "foundation.ledger",
  "foundation.metrics",
  "foundation.problems",
  "foundation.resilience",
  "foundation.settings",
  "foundation.switches",
  "foundation.telephony",
  "foundation.traces",
  "foundation.webhooks",
  "partner.retell",
  "partner.segment",
  "partner.twilio"
})
package org.retellbridge.feature.calls;

import org.retellbridge.foundation.architecture.MayUse;
