/** Several nodes, killed nodes and bad weather, against the packaged WAR on a real server. */
package org.retellbridge.storm;
