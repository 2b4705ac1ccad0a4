/**
 * The page on which operators see calls and turn what can be turned, behind a login of its own. It
 * reads the ledger and the state; it decides nothing.
 */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.ledger",
  "foundation.problems",
  "foundation.resilience",
  "foundation.telephony",
  "foundation.webhooks",
  "operations",
  "operations.doctor",
  "partner.retell.events",
  "partner.retell.functions"
})
package org.retellbridge.operations.console;

import org.retellbridge.foundation.architecture.MayUse;
