/** The roof: tells the server which resources and providers the bridge consists of. */
@MayUse({
  "feature.calls",
  "feature.customers",
  "feature.tracking",
  "feature.handoffs",
  "feature.lifecycle",
  "feature.messages",
  "feature.tasks",
  "foundation.architecture",
  "foundation.problems",
  "foundation.webhooks",
  "operations",
  "operations.console",
  "operations.doctor",
  "partner.retell.events",
  "partner.retell.functions",
  "partner.twilio"
})
package org.retellbridge;

import org.retellbridge.foundation.architecture.MayUse;
