/**
 * Receives signed requests: reads their bytes without holding a thread, bounds them, and asks the
 * vendors' proofs whether they are genuine.
 */
@MayUse({
  "foundation.architecture",
  "foundation.metrics",
  "foundation.problems",
  "foundation.resilience",
  "foundation.settings",
  "foundation.traces"
})
package org.retellbridge.foundation.webhooks;

import org.retellbridge.foundation.architecture.MayUse;
