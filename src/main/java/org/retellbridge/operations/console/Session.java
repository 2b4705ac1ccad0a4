package org.retellbridge.operations.console;

import java.time.Instant;

/**
 * Somebody who logged in.
 *
 * @param name tells sessions apart; random, no secret
 * @param ends when it is over
 * @param formToken what only pages of this session know, so that other sites cannot act in its name
 */
record Session(String name, Instant ends, String formToken) {}
