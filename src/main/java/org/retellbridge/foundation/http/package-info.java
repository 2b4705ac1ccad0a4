/**
 * Asks vendors over HTTP where every call of a caller waits for the answer: no thread waits, on any
 * server, and nothing stands between the question and the wire. It knows no vendor.
 */
@MayUse({"foundation.architecture", "foundation.resilience"})
package org.retellbridge.foundation.http;

import org.retellbridge.foundation.architecture.MayUse;
