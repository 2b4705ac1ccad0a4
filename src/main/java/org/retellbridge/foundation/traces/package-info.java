/** Puts the names of the call on the server's spans; the only package that knows OpenTelemetry. */
@MayUse({"foundation.architecture", "foundation.telephony"})
package org.retellbridge.foundation.traces;

import org.retellbridge.foundation.architecture.MayUse;
