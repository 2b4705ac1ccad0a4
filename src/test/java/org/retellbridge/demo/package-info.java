/** Runs the packaged WAR beside the twin and shows a call: for people, not for tests. */
package org.retellbridge.demo;
