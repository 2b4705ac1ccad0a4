/** Tasks for people, from the agent or from a Studio flow. */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.settings",
  "partner.retell.functions",
  "partner.twilio",
  "partner.twilio.rest"
})
package org.retellbridge.feature.tasks;

import org.retellbridge.foundation.architecture.MayUse;
