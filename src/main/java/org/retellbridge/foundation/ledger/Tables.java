package org.retellbridge.foundation.ledger;

import org.jdbi.v3.core.Handle;

/**
 * What a piece of work has at hand inside its transaction.
 *
 * @param handle the connection
 * @param vault seals personal data
 * @param dialect the database's
 * @param partitions where new keys go
 * @param calls which calls have a row
 */
record Tables(
    Handle handle, Vault vault, Dialect dialect, Partitions partitions, KnownCalls calls) {}
