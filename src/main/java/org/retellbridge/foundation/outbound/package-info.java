/**
 * Makes the REST clients' asynchronous methods wait without a thread on the servers that use
 * Jersey. It knows no vendor, and what links to Jersey is named by a text only, so that the same
 * WAR runs where there is no Jersey.
 */
@MayUse({"foundation.architecture"})
package org.retellbridge.foundation.outbound;

import org.retellbridge.foundation.architecture.MayUse;
