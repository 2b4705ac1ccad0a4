/** The operating side: state, metrics and what else an operator asks, behind a token. */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.ledger",
  "foundation.metrics",
  "foundation.problems",
  "foundation.hours",
  "foundation.resilience",
  "foundation.settings",
  "foundation.switches",
  "foundation.webhooks",
  "partner.retell",
  "partner.retell.events",
  "partner.retell.functions",
  "partner.segment",
  "partner.twilio",
  "partner.twilio.rest"
})
package org.retellbridge.operations;

import org.retellbridge.foundation.architecture.MayUse;
