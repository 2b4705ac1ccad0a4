package org.retellbridge.foundation.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the ledger knows of itself, so that nobody uses it who would do harm. */
final class Facts {
  private static final String KEY = "data key";
  private static final String TABLES = "tables";

  private Facts() {}

  /**
   * Two nodes with different keys could not read each other's rows, and would find nothing. Whoever
   * has the key that wrote last may bring a new one.
   */
  static void checkKey(Handle handle, Vault vault) {
    String ours = vault.fingerprints().get(0);
    if (!vault.fingerprints().contains(known(handle, KEY, ours))) {
      throw new LedgerDown(
          "BRIDGE_DATA_KEY is not the key that this database was written with; all nodes need the"
              + " same one, and the bridge of another company a database of its own");
    }
    change(handle, KEY, ours);
  }

  /** Tables that a newer version has changed and not only added to are not for this one. */
  static void checkTables(Handle handle) {
    int least = Integer.parseInt(known(handle, TABLES, Integer.toString(Schema.LEAST)));
    if (least > Schema.newest()) {
      throw new LedgerDown(
          "the tables are of a newer version of the bridge, which this one cannot use; start that"
              + " one, or restore the copy from before it");
    }
    if (least < Schema.LEAST) {
      change(handle, TABLES, Integer.toString(Schema.LEAST));
    }
  }

  /** The fact of this name; ours when there was none. */
  static String known(Handle handle, String name, String ours) {
    Optional<String> known = find(handle, name);
    if (known.isPresent()) {
      return known.get();
    }
    handle.execute(
        "insert into facts (name, fact) values (?, ?) on conflict do nothing", name, ours);
    return find(handle, name).orElse(ours);
  }

  static void change(Handle handle, String name, String fact) {
    handle.execute("update facts set fact = ? where name = ?", fact, name);
  }

  private static Optional<String> find(Handle handle, String name) {
    return handle
        .createQuery("select fact from facts where name = ?")
        .bind(0, name)
        .mapTo(String.class)
        .findOne();
  }
}
