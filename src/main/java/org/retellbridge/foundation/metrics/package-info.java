/** Counts and times what the bridge does; the only package that knows a metrics library. */
@MayUse({"foundation.architecture"})
package org.retellbridge.foundation.metrics;

import org.retellbridge.foundation.architecture.MayUse;
