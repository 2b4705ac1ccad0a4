/** Weekly hours as people write them, with the time zone in which they hold. */
@MayUse({"foundation.architecture"})
package org.retellbridge.foundation.hours;

import org.retellbridge.foundation.architecture.MayUse;
