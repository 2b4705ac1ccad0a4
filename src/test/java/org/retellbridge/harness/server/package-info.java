/**
 * The application servers on which the integration tests deploy the WAR: each in a process of its
 * own, on 127.0.0.1, driven as an operator drives it.
 */
package org.retellbridge.harness.server;
