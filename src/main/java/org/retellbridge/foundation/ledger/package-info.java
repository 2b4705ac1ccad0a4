/**
 * Remembers what must survive a crash and a repeat: calls, effects that happen once, and events
 * that are owed to a vendor. The only package with SQL.
 */
@MayUse({
  "foundation.architecture",
  "foundation.metrics",
  "foundation.rehearsal",
  "foundation.resilience",
  "foundation.settings",
  "foundation.telephony"
})
package org.retellbridge.foundation.ledger;

import org.retellbridge.foundation.architecture.MayUse;
