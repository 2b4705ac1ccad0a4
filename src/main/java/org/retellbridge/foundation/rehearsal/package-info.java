/**
 * Plays a vendor on this machine while the application starts, so that what a first request loads
 * is there before anybody waits for it. It knows no vendor.
 */
@MayUse({"foundation.architecture"})
package org.retellbridge.foundation.rehearsal;

import org.retellbridge.foundation.architecture.MayUse;
