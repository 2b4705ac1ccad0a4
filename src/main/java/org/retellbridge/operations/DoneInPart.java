package org.retellbridge.operations;

/** The ledger is down, and what could be done without it is done. */
final class DoneInPart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param done for people: what is done, and what is not
   */
  DoneInPart(String done, Throwable ledgerDown) {
    super(done, ledgerDown);
  }
}
