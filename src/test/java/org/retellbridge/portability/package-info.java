/** What a server may do differently, on each server. */
package org.retellbridge.portability;
