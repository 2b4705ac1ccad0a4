package org.retellbridge.foundation.ledger;

/** The ledger could not be asked. The message holds no data of the statement. */
public final class LedgerDown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerDown(String reason) {
    super(reason);
  }

  LedgerDown(String reason, Throwable cause) {
    super(reason, cause);
  }
}
