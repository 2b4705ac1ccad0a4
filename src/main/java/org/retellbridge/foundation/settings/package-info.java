/**
 * Reads every setting once, at start, through MicroProfile Config, and tells in one place what is
 * missing or wrong and which feature is off for it.
 */
@MayUse({"foundation.architecture", "foundation.hours", "foundation.telephony"})
package org.retellbridge.foundation.settings;

import org.retellbridge.foundation.architecture.MayUse;
