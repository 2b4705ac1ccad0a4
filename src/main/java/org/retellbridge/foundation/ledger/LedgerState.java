package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * The ledger for {@code /status}.
 *
 * @param down why it is down; empty when it is up
 * @param database {@code h2} or {@code postgresql}; empty text before it was first open
 * @param outbox as it was counted last, a few seconds ago
 * @param degraded how often this process went on without the ledger
 * @param unknown effects of which nobody knows whether they happened
 * @param dropped records that nothing depends on and that were not kept
 * @param unsaved outcomes that wait for the ledger
 * @param ahead how far this node's clock is before the database's, negative when behind; empty for
 *     a database in this process, and before it was first open
 */
public record LedgerState(
    Optional<String> down,
    String database,
    OutboxFigures outbox,
    long degraded,
    long unknown,
    long dropped,
    int unsaved,
    Optional<Duration> ahead) {
  public boolean up() {
    return down.isEmpty();
  }
}
