/**
 * Twilio as the bridge meets it: a phone network that calls webhooks and does what their TwiML
 * says, and the REST API that changes a live call, sends messages and creates tasks. Every leg's
 * outcome can be scripted; SIP legs are answered by Retell's twin.
 */
package org.retellbridge.twin.twilio;
