/** Reads and writes JSON text with factories that are looked up once, not per call. */
@MayUse({"foundation.architecture"})
package org.retellbridge.foundation.json;

import org.retellbridge.foundation.architecture.MayUse;
