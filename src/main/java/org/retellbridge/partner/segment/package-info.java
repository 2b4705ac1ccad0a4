/**
 * Segment, as the bridge reads profiles from it and writes to it; the only package that knows how a
 * caller becomes an identity there.
 */
@MayUse({
  "foundation.architecture",
  "foundation.checkup",
  "foundation.http",
  "foundation.json",
  "foundation.ledger",
  "foundation.metrics",
  "foundation.outbound",
  "foundation.rehearsal",
  "foundation.resilience",
  "foundation.settings",
  "foundation.telephony"
})
package org.retellbridge.partner.segment;

import org.retellbridge.foundation.architecture.MayUse;
