package org.retellbridge.foundation.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Masked;

/** The table {@code calls}. */
final class CallRows {
  private static final String COLUMNS =
      "select call_id, call_sid, agent_id, from_number, to_number, started_at, ended_at, reason,"
          + " analysis, outbound from calls";

  private CallRows() {}

  static void write(Tables tables, List<CallChange> changes) {
    changes.forEach(change -> write(tables, change));
  }

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
  static List<CallRecord> byCaller(Tables tables, String number, int most) {
    return tables
        .handle()
        .createQuery(
            COLUMNS + " where from_hash in (<hashes>) order by started_at desc limit :most")
        .bindList("hashes", tables.vault().hashes(number))
        .bind("most", most)
        .map((row, context) -> read(row, tables.vault()))
        .list();
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

  private static void write(Tables tables, CallChange change) {
    if (change instanceof CallChange.Started started) {
      start(tables, started.call());
    }
    if (change instanceof CallChange.Ended ended) {
      known(tables, ended.callId(), ended.at());
      tables
          .handle()
          .execute(
              "update calls set state = 'ended', ended_at = ?, reason = ? where call_id = ?",
              ended.at().toEpochMilli(),
              ended.reason(),
              ended.callId().value());
    }
    if (change instanceof CallChange.Analysed analysed) {
      String id = analysed.callId().value();
      known(tables, analysed.callId(), analysed.at());
      tables
          .handle()
          .execute(
              "update calls set analysis = ? where call_id = ?",
              tables.vault().seal(analysed.analysis(), "analysis " + id),
              id);
    }
  }

  /** An event may be faster than the record of the start. */
  private static void known(Tables tables, CallId id, Instant at) {
    tables
        .handle()
        .execute(
            "insert into calls (call_id, state, started_at) values (?, 'started', ?) on conflict do"
                + " nothing",
            id.value(),
            at.toEpochMilli());
  }

  private static void start(Tables tables, CallRecord call) {
    String id = call.callId().value();
    Vault vault = tables.vault();
    known(tables, call.callId(), call.started());
    tables
        .handle()
        .execute(
            "update calls set call_sid = ?, agent_id = ?, from_number = ?, from_hash = ?,"
                + " from_masked = ?, to_number = ?, to_hash = ?, to_masked = ?, started_at = ?,"
                + " outbound = ? where call_id = ?",
            call.callSid().map(CallSid::value).orElse(null),
            call.agentId(),
            vault.seal(call.from(), "from " + id),
            vault.hash(call.from()),
            Masked.of(call.from()),
            vault.seal(call.to(), "to " + id),
            vault.hash(call.to()),
            Masked.of(call.to()),
            call.started().toEpochMilli(),
            call.outbound(),
            id);
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
