/**
 * What Retell tells of the life of a call ({@code call_started}, {@code call_ended}, {@code
 * call_analyzed} and others), and how it is passed on.
 */
@MayUse({
  "foundation.architecture",
  "foundation.json",
  "foundation.ledger",
  "foundation.metrics",
  "foundation.outbound",
  "foundation.resilience",
  "foundation.settings",
  "foundation.telephony",
  "foundation.webhooks",
  "partner.retell",
  "partner.retell.functions"
})
package org.retellbridge.partner.retell.events;

import org.retellbridge.foundation.architecture.MayUse;
