/**
 * Examines the settings on an operator's wish: against the real vendors, and with a signed request
 * that the bridge sends to itself through its public address.
 */
@MayUse({
  "foundation.architecture",
  "foundation.checkup",
  "foundation.hours",
  "foundation.http",
  "foundation.json",
  "foundation.problems",
  "foundation.resilience",
  "foundation.settings",
  "foundation.switches",
  "foundation.webhooks",
  "operations",
  "partner.retell",
  "partner.twilio"
})
package org.retellbridge.operations.doctor;

import org.retellbridge.foundation.architecture.MayUse;
