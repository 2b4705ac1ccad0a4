package org.retellbridge.foundation.ledger;

import org.jdbi.v3.core.Handle;

/**
 * What a piece of work has at hand inside its transaction.
 *
 * @param handle the connection
 * @param vault seals personal data
 * @param claiming what a {@code select} that chooses rows to claim ends with
 */
record Tables(Handle handle, Vault vault, String claiming) {}
