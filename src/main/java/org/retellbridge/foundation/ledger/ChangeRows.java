package org.retellbridge.foundation.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Reads of which calls something was written a moment ago. */
final class ChangeRows {
  private static final String NOTED =
      "select call_sid, noted_at from phone_calls where noted_at > ?";
  private static final String TOLD =
      "select call_id, max(received_at) from vendor_events where received_at > ? group by call_id";
  private static final String INVOKED =
      "select call_id, max(id) / 1048576 from invocations where id >= ? and call_id is not null"
          + " group by call_id";

  private ChangeRows() {}

  /**
   * Of which calls something is in the database since then, by CallSid or {@code call_id}.
   *
   * @param alone whether no other node writes; what this one noted it knows itself
   */
  static Map<String, Instant> since(Tables tables, long then, boolean alone) {
    Map<String, Instant> changes = new HashMap<>();
    if (!alone) {
      changed(tables, NOTED, then, changes);
    }
    changed(tables, INVOKED, StepId.first(then + 1), changes);
    changed(tables, TOLD, then, changes);
    return changes;
  }

  private static void changed(
      Tables tables, String query, long then, Map<String, Instant> changes) {
    tables
        .handle()
        .createQuery(query)
        .bind(0, then)
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(
            change ->
                changes.merge(
                    change.getKey(),
                    Instant.ofEpochMilli(change.getValue()),
                    (one, other) -> one.isAfter(other) ? one : other));
  }
}
