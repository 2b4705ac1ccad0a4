/** Deploys the packaged WAR on a real server, with the twin as its vendors. */
package org.retellbridge.harness;
