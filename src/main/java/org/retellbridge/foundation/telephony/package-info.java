/**
 * The field's value objects, which check themselves and know how to show themselves in a log, and
 * the events of a call.
 */
@MayUse({"foundation.architecture"})
package org.retellbridge.foundation.telephony;

import org.retellbridge.foundation.architecture.MayUse;
