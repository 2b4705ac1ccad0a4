/** What an examination of the settings against the real vendors is made of. */
@MayUse({"foundation.architecture", "foundation.json", "foundation.settings"})
package org.retellbridge.foundation.checkup;

import org.retellbridge.foundation.architecture.MayUse;
