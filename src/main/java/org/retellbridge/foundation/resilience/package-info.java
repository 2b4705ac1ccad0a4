/** Keeps a vendor's trouble from becoming the caller's: deadline, retry, breaker. */
@MayUse({"foundation.architecture", "foundation.metrics", "foundation.problems"})
package org.retellbridge.foundation.resilience;

import org.retellbridge.foundation.architecture.MayUse;
