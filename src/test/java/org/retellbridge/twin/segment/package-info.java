/**
 * Segment as the bridge meets it: the Tracking API that believes everything, the Profile API that
 * tells what came of it, and the identity rules between them.
 */
package org.retellbridge.twin.segment;
