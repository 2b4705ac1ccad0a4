/** Everything that the bridge knows of Retell: its API, its agents, its calls. */
@MayUse({
  "foundation.architecture",
  "foundation.checkup",
  "foundation.http",
  "foundation.json",
  "foundation.metrics",
  "foundation.rehearsal",
  "foundation.resilience",
  "foundation.settings",
  "foundation.telephony",
  "foundation.webhooks"
})
package org.retellbridge.partner.retell;

import org.retellbridge.foundation.architecture.MayUse;
