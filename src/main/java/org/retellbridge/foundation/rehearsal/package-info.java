/**
 * What is done while the application starts, so that it is there before anybody waits for it: a
 * vendor is played on this machine, and what a first request needs is loaded. It knows no vendor.
 */
@MayUse({"foundation.architecture"})
package org.retellbridge.foundation.rehearsal;

import org.retellbridge.foundation.architecture.MayUse;
