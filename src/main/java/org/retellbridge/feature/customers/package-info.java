/** Lets an agent know its caller: what is on record, what the caller did, and what is new. */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.resilience",
  "foundation.telephony",
  "partner.retell.functions",
  "partner.segment"
})
package org.retellbridge.feature.customers;

import org.retellbridge.foundation.architecture.MayUse;
