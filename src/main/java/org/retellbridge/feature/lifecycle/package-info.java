/** Follows a call by what Retell tells of it: its end, and what its analysis found. */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.ledger",
  "foundation.metrics",
  "foundation.problems",
  "foundation.settings",
  "foundation.telephony",
  "foundation.webhooks",
  "partner.retell.events",
  "partner.retell.functions",
  "partner.segment"
})
package org.retellbridge.feature.lifecycle;

import org.retellbridge.foundation.architecture.MayUse;
