/**
 * The functions that a Retell agent calls: what {@link
 * org.retellbridge.partner.retell.functions.RetellFunction} brings to a method that carries it.
 */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.ledger",
  "foundation.metrics",
  "foundation.problems",
  "foundation.resilience",
  "foundation.settings",
  "foundation.switches",
  "foundation.telephony",
  "foundation.traces",
  "foundation.webhooks",
  "partner.retell"
})
package org.retellbridge.partner.retell.functions;

import org.retellbridge.foundation.architecture.MayUse;
