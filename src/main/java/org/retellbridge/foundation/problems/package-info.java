/** Says what went wrong in the form of RFC 9457, and never anything of the inside. */
@MayUse({"foundation.architecture", "foundation.json"})
package org.retellbridge.foundation.problems;

import org.retellbridge.foundation.architecture.MayUse;
