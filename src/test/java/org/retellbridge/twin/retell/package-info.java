/**
 * Retell AI as the bridge meets it: the register call, the agent behind a SIP address, its signed
 * function calls and its lifecycle webhooks.
 */
package org.retellbridge.twin.retell;
