/** What happened between the parties, in order, to be printed for people and asked by tests. */
package org.retellbridge.twin.timeline;
