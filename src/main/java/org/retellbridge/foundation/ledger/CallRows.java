package org.retellbridge.foundation.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Masked;

/**
 * An agent's parts of calls. The newest part of a telephone call stands in {@code phone_calls};
 * what Retell's events tell of it, Retell's own calls and former parts stand in {@code calls}.
 */
final class CallRows {
  /** Of the row with this key, the part that another one is about to take the place of. */
  static final String FORMER_PART =
      "insert into calls (call_id, call_sid, agent_id, outbound, state, started_at) select call_id,"
          + " call_sid, agent_id, outbound, 'started', id / 1048576 from phone_calls where"
          + " call_sid_key = ? and call_id <> ? on conflict do nothing";

  /** Of which an event was told before it was known that Twilio brought it. */
  static final String ON_LEG =
      "update calls set call_sid = ? where call_id = ? and call_sid is null";

  private static final String NEWEST_PART =
      "select p.call_id, p.call_sid, p.agent_id, p.from_number, p.to_number, p.id / 1048576,"
          + " c.ended_at, c.reason, c.analysis, p.outbound from phone_calls p left join calls c on"
          + " c.call_id = p.call_id where p.call_id_key = any(:keys) and p.from_number is not null"
          + " order by p.id desc";

  private static final String OTHER_PART =
      "select call_id, call_sid, agent_id, from_number, to_number, started_at, ended_at, reason,"
          + " analysis, outbound from calls where call_id = :id";

  private CallRows() {}

  static Optional<CallRecord> byId(Tables tables, CallId id) {
    return tables
        .handle()
        .createQuery(NEWEST_PART)
        .bind("keys", tables.partitions().all(tables, RowKey.of(id.value())))
        .map((row, context) -> read(row, tables, row.getString(2)))
        .findFirst()
        .or(() -> other(tables, id));
  }

  /** A former part's numbers are those of its call. */
  private static Optional<CallRecord> other(Tables tables, CallId id) {
    return tables
        .handle()
        .createQuery(OTHER_PART)
        .bind("id", id.value())
        .map((row, context) -> read(row, tables, id.value()))
        .findOne()
        .map(
            call ->
                call.callSid()
                    .filter(sid -> call.from().isEmpty() && call.to().isEmpty())
                    .flatMap(sid -> numbers(tables, sid))
                    .map(call::between)
                    .orElse(call));
  }

  private static Optional<Step.Numbers> numbers(Tables tables, CallSid sid) {
    return tables
        .handle()
        .createQuery(
            "select from_number, to_number, outbound from phone_calls where call_sid_key ="
                + " any(:keys) and from_number is not null order by id desc")
        .bind("keys", tables.partitions().all(tables, RowKey.of(sid.value())))
        .map(
            (row, context) ->
                new Step.Numbers(
                    row.getBoolean(3),
                    opened(tables, row.getBytes(1), Course.FROM + sid),
                    opened(tables, row.getBytes(2), Course.TO + sid)))
        .findFirst();
  }

  /**
   * What an event told; whether the call is known or not, and whether it was told before.
   *
   * @param known the call's CallSid, as far as this node remembers it
   */
  static void told(Tables tables, CallId id, Optional<CallSid> known, CallNews news) {
    Optional<String> sid =
        known
            .map(CallSid::value)
            .or(() -> callSid(tables, id))
            .or(
                () ->
                    news.leg().filter(leg -> numbers(tables, leg).isPresent()).map(CallSid::value));
    known(tables, id, sid, news);
    if (news.over()) {
      ended(tables, id, sid, news);
    }
  }

  /** Whose newest part it is. */
  static Optional<String> callSid(Tables tables, CallId id) {
    return tables
        .handle()
        .createQuery(
            "select call_sid from phone_calls where call_id_key = any(:keys) order by id desc")
        .bind("keys", tables.partitions().all(tables, RowKey.of(id.value())))
        .mapTo(String.class)
        .findFirst();
  }

  /** An event that tells less takes nothing back of what another one told. */
  private static void ended(Tables tables, CallId id, Optional<String> sid, CallNews news) {
    tables
        .handle()
        .execute(
            "update calls set state = 'ended', ended_at = "
                + (news.told() ? "?" : "coalesce(ended_at, ?)")
                + ", reason = coalesce(nullif(?, ''), reason), call_sid = coalesce(call_sid, cast(?"
                + " as varchar(34))) where call_id = ?",
            news.at().toEpochMilli(),
            news.reason(),
            sid.orElse(null),
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
  private static void known(Tables tables, CallId id, Optional<String> sid, CallNews news) {
    Who who = sid.isPresent() ? Who.UNKNOWN : news.who();
    tables
        .handle()
        .execute(
            "insert into calls (call_id, call_sid, state, started_at, agent_id, outbound,"
                + " from_number, from_masked, to_number, to_masked) values (?, ?, 'started', ?, ?,"
                + " ?, ?, ?, ?, ?) on conflict do nothing",
            id.value(),
            sid.orElse(null),
            news.began().orElse(news.at()).toEpochMilli(),
            who.agentId(),
            who.outbound(),
            sealed(tables, who.from(), Course.FROM + id),
            Masked.of(who.from()),
            sealed(tables, who.to(), Course.TO + id),
            Masked.of(who.to()));
  }

  private static byte[] sealed(Tables tables, String number, String place) {
    return number.isEmpty() ? null : tables.vault().seal(number, place);
  }

  /**
   * @param place what the numbers were sealed with: the call's own name where they stand
   */
  private static CallRecord read(ResultSet row, Tables tables, String place) throws SQLException {
    String id = row.getString(1);
    long ended = row.getLong(7);
    boolean over = !row.wasNull();
    byte[] analysis = row.getBytes(9);
    return new CallRecord(
        new CallId(id),
        CallSid.parse(row.getString(2)),
        Optional.ofNullable(row.getString(3)).orElse(""),
        row.getBoolean(10),
        opened(tables, row.getBytes(4), Course.FROM + place),
        opened(tables, row.getBytes(5), Course.TO + place),
        Instant.ofEpochMilli(row.getLong(6)),
        over ? Optional.of(Instant.ofEpochMilli(ended)) : Optional.empty(),
        Optional.ofNullable(row.getString(8)),
        Optional.ofNullable(analysis).map(bytes -> tables.vault().open(bytes, "analysis " + id)));
  }

  private static String opened(Tables tables, byte[] sealed, String place) {
    return sealed == null ? "" : tables.vault().open(sealed, place);
  }
}
