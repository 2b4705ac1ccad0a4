/**
 * What operators turn while calls run: who gets the agent, and whether new calls do at all.
 * Settings give the first values; the ledger carries changes to every node.
 */
@MayUse({"foundation.architecture", "foundation.hours", "foundation.ledger", "foundation.settings"})
package org.retellbridge.foundation.switches;

import org.retellbridge.foundation.architecture.MayUse;
