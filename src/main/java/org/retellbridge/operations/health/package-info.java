/** Tells the server's health probes how it stands, where the server has MicroProfile Health. */
@MayUse({"foundation.architecture", "foundation.switches"})
package org.retellbridge.operations.health;

import org.retellbridge.foundation.architecture.MayUse;
