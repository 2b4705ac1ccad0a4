/**
 * HTTP as the twin needs it: a small server that can misbehave on command, and a client that keeps
 * Twilio's and Retell's time limits. Knows no vendor.
 */
package org.retellbridge.twin.wire;
