package org.retellbridge.foundation.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/** Reads telephone calls; those of Retell alone stand in {@code calls} without a CallSid. */
final class HistoryRows {
  private static final String PHONE =
      "select p.id, p.call_sid, p.call_id, p.agent_id, p.outbound, p.from_masked, p.to_masked,"
          + " p.stage, p.reason, p.changed_at, p.ended_at, c.ended_at, c.reason"
          + " from phone_calls p left join calls c on c.call_id = p.call_id";

  /** Where a place in a list is asked for, they are the last ones of their millisecond. */
  private static final String RETELL =
      "select (c.started_at + 1) * 1048576 - 1, c.call_id, c.call_id, c.agent_id, c.outbound,"
          + " c.from_masked, c.to_masked, 'agent', '', c.started_at, c.ended_at, c.ended_at,"
          + " c.reason from calls c where c.call_sid is null";

  private static final String LIVE =
      " p.stage not in ('over', 'left') and p.id > ? and (p.stage <> 'agent' or c.ended_at is"
          + " null)";
  private static final String LIVE_AT_RETELL = " and c.ended_at is null and c.started_at > ?";

  private HistoryRows() {}

  /** A call, and its place in a list: the greater the newer. */
  private record Placed(long place, PhoneCall call) {}

  static List<PhoneCall> newest(Tables tables, History.After after, int most) {
    return merged(
        page(tables, PHONE + " where p.id < ? order by p.id desc limit ?", most, id(tables, after)),
        page(
            tables,
            RETELL
                + " and (c.started_at, c.call_id) < (?, ?)"
                + " order by c.started_at desc, c.call_id desc limit ?",
            most,
            after.started().toEpochMilli(),
            key(after)),
        most);
  }

  static List<PhoneCall> live(Tables tables, long since, History.After after, int most) {
    return merged(
        page(
            tables,
            PHONE + " where" + LIVE + " and p.id < ? order by p.id desc limit ?",
            most,
            StepId.first(since),
            id(tables, after)),
        page(
            tables,
            RETELL
                + LIVE_AT_RETELL
                + " and (c.started_at, c.call_id) < (?, ?)"
                + " order by c.started_at desc, c.call_id desc limit ?",
            most,
            since,
            after.started().toEpochMilli(),
            key(after)),
        most);
  }

  /** What the ids of the telephone calls after it are below. */
  private static long id(Tables tables, History.After after) {
    if (after.equals(History.After.NOTHING)) {
      return Long.MAX_VALUE;
    }
    return tables
        .handle()
        .createQuery("select id from phone_calls where call_sid_key = any(:keys) order by id desc")
        .bind("keys", tables.partitions().all(tables, RowKey.of(after.key())))
        .mapTo(Long.class)
        .findFirst()
        .orElseGet(() -> StepId.first(after.started().toEpochMilli() + 1));
  }

  /** A telephone call comes after all of Retell's of its millisecond. */
  private static String key(History.After after) {
    return CallSid.parse(after.key()).isPresent() ? "" : after.key();
  }

  private static List<PhoneCall> merged(
      Stream<Placed> telephones, Stream<Placed> retells, int most) {
    return Stream.concat(telephones, retells)
        .sorted(
            Comparator.comparingLong(Placed::place)
                .thenComparing(placed -> placed.call().key())
                .reversed())
        .limit(most)
        .map(Placed::call)
        .toList();
  }

  static int countLive(Tables tables, long since) {
    return tables
        .handle()
        .createQuery(
            "select (select count(*) from phone_calls p left join calls c on c.call_id = p.call_id"
                + " where"
                + LIVE
                + ") + (select count(*) from calls c where c.call_sid is null"
                + LIVE_AT_RETELL
                + ")")
        .bind(0, StepId.first(since))
        .bind(1, since)
        .mapTo(Integer.class)
        .one();
  }

  static List<PhoneCall> byCaller(Tables tables, String number, int most) {
    List<UUID> hashes = tables.vault().hashes(number).stream().map(RowKey::ofHash).toList();
    return tables
        .handle()
        .createQuery(PHONE + " where p.customer_key = any(:keys) order by p.id desc limit :most")
        .bind("keys", tables.partitions().all(tables, hashes))
        .bind("most", most)
        .map((row, context) -> read(row).call())
        .list();
  }

  static Optional<PhoneCall> find(Tables tables, String name) {
    return keyed(tables, "call_sid_key", name)
        .or(() -> keyed(tables, "call_id_key", name))
        .or(() -> withFormerPart(tables, name))
        .or(() -> atRetell(tables, name));
  }

  private static Optional<PhoneCall> keyed(Tables tables, String column, String name) {
    return tables
        .handle()
        .createQuery(PHONE + " where p." + column + " = any(:keys) order by p.id desc")
        .bind("keys", tables.partitions().all(tables, RowKey.of(name)))
        .map((row, context) -> read(row).call())
        .findFirst();
  }

  private static Optional<PhoneCall> withFormerPart(Tables tables, String callId) {
    return tables
        .handle()
        .createQuery("select call_sid from calls where call_id = ? and call_sid is not null")
        .bind(0, callId)
        .mapTo(String.class)
        .findOne()
        .flatMap(sid -> keyed(tables, "call_sid_key", sid));
  }

  private static Optional<PhoneCall> atRetell(Tables tables, String callId) {
    return tables
        .handle()
        .createQuery(RETELL + " and c.call_id = ?")
        .bind(0, callId)
        .map((row, context) -> read(row).call())
        .findFirst();
  }

  /** A page of a list. */
  private static Stream<Placed> page(Tables tables, String query, int most, Object... where) {
    Query asked = tables.handle().createQuery(query);
    int next = 0;
    for (Object value : where) {
      asked.bind(next++, value);
    }
    return asked.bind(next, most).map((row, context) -> read(row)).list().stream();
  }

  /** Retell's word that the agent's part is over counts where Twilio has not reported it yet. */
  private static Placed read(ResultSet row) throws SQLException {
    long place = row.getLong(1);
    PhoneCall.Stage noted = PhoneCall.Stage.parse(row.getString(8));
    Optional<Instant> ended = instant(row, 11);
    Optional<Instant> agentDone = instant(row, 12);
    boolean over = noted == PhoneCall.Stage.AGENT && agentDone.isPresent();
    String why = over ? text(row, 13) : text(row, 9);
    return new Placed(
        place,
        new PhoneCall(
            row.getString(2),
            CallId.parse(row.getString(3)),
            text(row, 4),
            row.getBoolean(5),
            masked(row, 6),
            masked(row, 7),
            over ? PhoneCall.Stage.OVER : noted,
            why,
            Instant.ofEpochMilli(StepId.millis(place)),
            Instant.ofEpochMilli(row.getLong(10)),
            over ? agentDone : ended));
  }

  private static String masked(ResultSet row, int column) throws SQLException {
    String text = text(row, column);
    return text.isEmpty() ? "-" : text;
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
