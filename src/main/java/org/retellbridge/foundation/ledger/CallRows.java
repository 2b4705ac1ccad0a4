package org.retellbridge.foundation.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Masked;

/** The table {@code calls}. */
final class CallRows {
  private static final String COLUMNS =
      "select call_id, call_sid, agent_id, from_number, to_number, started_at, ended_at, reason,"
          + " analysis, outbound from calls";

  private CallRows() {}

  static Optional<CallRecord> byId(Tables tables, CallId id) {
    return tables
        .handle()
        .createQuery(COLUMNS + " where call_id = ?")
        .bind(0, id.value())
        .map((row, context) -> read(row, tables.vault()))
        .findOne();
  }

  /** The newest call to the agent on this leg. */
  static Optional<CallRecord> bySid(Tables tables, CallSid sid) {
    return tables
        .handle()
        .createQuery(COLUMNS + " where call_sid = ? order by started_at desc limit 1")
        .bind(0, sid.value())
        .map((row, context) -> read(row, tables.vault()))
        .findOne();
  }

  /** Newest first. */
  static List<CallRecord> newest(Tables tables, int most) {
    return tables
        .handle()
        .createQuery(COLUMNS + " order by started_at desc limit ?")
        .bind(0, most)
        .map((row, context) -> read(row, tables.vault()))
        .list();
  }

  /** What an event told; whether the call is known or not, and whether it was told before. */
  static void told(Tables tables, CallId id, CallNews news) {
    known(tables, id, news);
    if (news.over()) {
      ended(tables, id, news);
    }
  }

  private static void ended(Tables tables, CallId id, CallNews news) {
    tables
        .handle()
        .execute(
            "update calls set state = 'ended', ended_at = ?, reason = ? where call_id = ?",
            news.at().toEpochMilli(),
            news.reason(),
            id.value());
    news.analysis()
        .ifPresent(
            analysis ->
                tables
                    .handle()
                    .execute(
                        "update calls set analysis = ? where call_id = ?",
                        tables.vault().seal(analysis, "analysis " + id),
                        id.value()));
  }

  /** Of Retell's own calls that is all; and an event may be faster than the record of the start. */
  private static void known(Tables tables, CallId id, CallNews news) {
    Who who = news.who();
    tables
        .handle()
        .execute(
            "insert into calls (call_id, state, started_at, agent_id, outbound, from_number,"
                + " from_masked, to_number, to_masked) values (?, 'started', ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict do nothing",
            id.value(),
            news.at().toEpochMilli(),
            who.agentId(),
            who.outbound(),
            tables.vault().seal(who.from(), "from " + id),
            Masked.of(who.from()),
            tables.vault().seal(who.to(), "to " + id),
            Masked.of(who.to()));
  }

  /** All in one go; those of which an event was told before are filled in. */
  static void start(Tables tables, List<CallRecord> calls) {
    PreparedBatch insert =
        tables
            .handle()
            .prepareBatch(
                "insert into calls (call_id, state, call_sid, agent_id, from_number,"
                    + " from_masked, to_number, to_masked, started_at, outbound) values (?,"
                    + " 'started', ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing");
    calls.forEach(call -> bind(insert, tables.vault(), call, true));
    int[] inserted = insert.execute();
    PreparedBatch update =
        tables
            .handle()
            .prepareBatch(
                "update calls set call_sid = ?, agent_id = ?, from_number = ?, from_masked = ?,"
                    + " to_number = ?, to_masked = ?, started_at = ?, outbound = ? where call_id ="
                    + " ?");
    for (int i = 0; i < inserted.length; i++) {
      // Some drivers do not say how many rows a statement of a batch inserted.
      if (inserted[i] != 1) {
        bind(update, tables.vault(), calls.get(i), false);
      }
    }
    if (update.size() > 0) {
      update.execute();
    }
  }

  private static void bind(PreparedBatch batch, Vault vault, CallRecord call, boolean idFirst) {
    String id = call.callId().value();
    List<Object> values = new ArrayList<>();
    values.add(call.callSid().map(CallSid::value).orElse(null));
    values.add(call.agentId());
    values.add(vault.seal(call.from(), "from " + id));
    values.add(Masked.of(call.from()));
    values.add(vault.seal(call.to(), "to " + id));
    values.add(Masked.of(call.to()));
    values.add(call.started().toEpochMilli());
    values.add(call.outbound());
    values.add(idFirst ? 0 : values.size(), id);
    batch.add(values.toArray());
  }

  private static CallRecord read(ResultSet row, Vault vault) throws SQLException {
    String id = row.getString(1);
    long ended = row.getLong(7);
    boolean over = !row.wasNull();
    return new CallRecord(
        new CallId(id),
        CallSid.parse(row.getString(2)),
        Optional.ofNullable(row.getString(3)).orElse(""),
        row.getBoolean(10),
        opened(vault, row.getBytes(4), "from " + id).orElse(""),
        opened(vault, row.getBytes(5), "to " + id).orElse(""),
        Instant.ofEpochMilli(row.getLong(6)),
        over ? Optional.of(Instant.ofEpochMilli(ended)) : Optional.empty(),
        Optional.ofNullable(row.getString(8)),
        opened(vault, row.getBytes(9), "analysis " + id));
  }

  private static Optional<String> opened(Vault vault, byte[] sealed, String place) {
    return Optional.ofNullable(sealed).map(bytes -> vault.open(bytes, place));
  }
}
