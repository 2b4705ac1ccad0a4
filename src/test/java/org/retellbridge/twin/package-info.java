/**
 * A stand-in for Twilio, Retell and Segment on 127.0.0.1, for integration tests and the demo. It
 * shares no code with the bridge, so that both can be wrong only independently: what it signs,
 * refuses and answers follows the vendors' documentation, and says where it is inferred.
 */
package org.retellbridge.twin;
