package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.WARNING;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Notices that a ledger is, or was, that of another Twilio account. The bridges of two companies
 * would deliver each other's parcels; a company that changes its account must not be locked out, so
 * nothing is refused.
 */
final class OtherAccount {
  private static final System.Logger LOGGER = System.getLogger(OtherAccount.class.getName());
  private static final String FACT = "account";
  private static final int DIGITS = 16;

  private static final String BEFORE =
      "ACCOUNT_SID: the ledger was last used with another one. That is right after a change of the"
          + " account; the bridge of another company needs a database, or a BRIDGE_DATA_DIR, of its"
          + " own.";
  private static final String NOW =
      "ACCOUNT_SID: a bridge with another one uses the same ledger, and each delivers what the"
          + " other one's callers are owed. Give each a database, or a BRIDGE_DATA_DIR, of its"
          + " own.";

  private final Optional<String> ours;
  private volatile Optional<String> atStart = Optional.empty();
  private volatile Optional<String> sentence = Optional.empty();
  private volatile boolean started;

  OtherAccount(Optional<String> accountSid) {
    this.ours = accountSid.map(sid -> Vault.digest(sid).substring(0, DIGITS));
  }

  /** What operators should look at. */
  Optional<String> sentence() {
    return sentence;
  }

  /** Called at each beat; from the first one on the ledger is this account's. */
  void beat(Handle handle) {
    if (ours.isEmpty()) {
      return;
    }
    boolean same = Facts.known(handle, FACT, ours.get()).equals(ours.get());
    boolean first = !started;
    if (first && !same) {
      Facts.change(handle, FACT, ours.get());
    }
    handle.afterCommit(() -> learn(first, same));
  }

  private void learn(boolean first, boolean same) {
    started = true;
    if (first && !same) {
      atStart = Optional.of(BEFORE);
    }
    Optional<String> before = sentence;
    sentence = first || same ? atStart : Optional.of(NOW);
    sentence.filter(it -> !before.equals(sentence)).ifPresent(it -> LOGGER.log(WARNING, it));
  }
}
