/** Writes down what a caller did, under the name that the agent's designer gave to it. */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.telephony",
  "partner.retell.functions",
  "partner.segment"
})
package org.retellbridge.feature.tracking;

import org.retellbridge.foundation.architecture.MayUse;
