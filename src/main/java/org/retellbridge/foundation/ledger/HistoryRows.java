package org.retellbridge.foundation.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.retellbridge.foundation.telephony.CallId;

/** Reads telephone calls; those of Retell alone stand in {@code calls} without a CallSid. */
final class HistoryRows {
  private static final String PHONE =
      "select p.call_key, p.call_id, p.agent_id, p.outbound, p.from_masked, p.to_masked, p.stage,"
          + " p.reason, p.started_at, p.changed_at, p.ended_at, c.ended_at, c.reason"
          + " from phone_calls p left join calls c on c.call_id = p.call_id";
  private static final String RETELL =
      "select c.call_id, c.call_id, c.agent_id, c.outbound, c.from_masked, c.to_masked, 'agent',"
          + " '', c.started_at, c.started_at, c.ended_at, c.ended_at, c.reason from calls c where"
          + " c.call_sid is null";
  private static final String LIVE =
      " p.stage not in ('over', 'left') and p.started_at > ? and (p.stage <> 'agent' or c.ended_at"
          + " is null)";
  private static final String LIVE_AT_RETELL = " and c.ended_at is null and c.started_at > ?";
  private static final List<String> CHANGES =
      List.of(
          "select call_key, noted_at from phone_calls where noted_at > ?",
          "select call_id, max(happened_at) from invocations where happened_at > ? and call_id is"
              + " not null group by call_id",
          "select call_id, max(received_at) from vendor_events where received_at > ? group by"
              + " call_id");

  private HistoryRows() {}

  static List<PhoneCall> newest(Tables tables, History.After after, int most) {
    return merged(
        page(
            tables,
            PHONE
                + " where (p.started_at, p.call_key) < (?, ?)"
                + " order by p.started_at desc, p.call_key desc limit ?",
            after,
            most),
        page(
            tables,
            RETELL
                + " and (c.started_at, c.call_id) < (?, ?)"
                + " order by c.started_at desc, c.call_id desc limit ?",
            after,
            most),
        most);
  }

  private static List<PhoneCall> merged(
      Stream<PhoneCall> telephones, Stream<PhoneCall> retells, int most) {
    return Stream.concat(telephones, retells)
        .sorted(Comparator.comparing(PhoneCall::started).thenComparing(PhoneCall::key).reversed())
        .limit(most)
        .toList();
  }

  static List<PhoneCall> live(Tables tables, long since, History.After after, int most) {
    return merged(
        page(
            tables,
            PHONE
                + " where"
                + LIVE
                + " and (p.started_at, p.call_key) < (?, ?)"
                + " order by p.started_at desc, p.call_key desc limit ?",
            after,
            most,
            since),
        page(
            tables,
            RETELL
                + LIVE_AT_RETELL
                + " and (c.started_at, c.call_id) < (?, ?)"
                + " order by c.started_at desc, c.call_id desc limit ?",
            after,
            most,
            since),
        most);
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
        .bind(0, since)
        .bind(1, since)
        .mapTo(Integer.class)
        .one();
  }

  static List<PhoneCall> byCaller(Tables tables, String number, int most) {
    return tables
        .handle()
        .createQuery(
            PHONE + " where p.from_hash in (<hashes>) order by p.started_at desc limit :most")
        .bindList("hashes", tables.vault().hashes(number))
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  static Optional<PhoneCall> find(Tables tables, String name) {
    return one(tables, PHONE + " where p.call_key = ?", name)
        .or(
            () ->
                one(
                    tables,
                    PHONE + " where p.call_key = (select call_sid from calls where call_id = ?)",
                    name))
        .or(() -> one(tables, RETELL + " and c.call_id = ?", name));
  }

  static Map<String, Instant> changedSince(Tables tables, long then) {
    Map<String, Instant> changes = new HashMap<>();
    for (String query : CHANGES) {
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
    return changes;
  }

  /**
   * A page of a list.
   *
   * @param first what the query wants before the place in the list
   */
  private static Stream<PhoneCall> page(
      Tables tables, String query, History.After after, int most, Object... first) {
    Query asked = tables.handle().createQuery(query);
    int next = 0;
    for (Object value : first) {
      asked.bind(next++, value);
    }
    return asked
        .bind(next++, after.started().toEpochMilli())
        .bind(next++, after.key())
        .bind(next, most)
        .map((row, context) -> read(row))
        .list()
        .stream();
  }

  private static Optional<PhoneCall> one(Tables tables, String query, String name) {
    return tables
        .handle()
        .createQuery(query)
        .bind(0, name)
        .map((row, context) -> read(row))
        .findFirst();
  }

  /** Retell's word that the agent's part is over counts where Twilio has not reported it yet. */
  private static PhoneCall read(ResultSet row) throws SQLException {
    PhoneCall.Stage noted = PhoneCall.Stage.parse(row.getString(7));
    Optional<Instant> ended = instant(row, 11);
    Optional<Instant> agentDone = instant(row, 12);
    boolean over = noted == PhoneCall.Stage.AGENT && agentDone.isPresent();
    String why = over ? text(row, 13) : text(row, 8);
    return new PhoneCall(
        row.getString(1),
        CallId.parse(row.getString(2)),
        text(row, 3),
        row.getBoolean(4),
        masked(row, 5),
        masked(row, 6),
        over ? PhoneCall.Stage.OVER : noted,
        why,
        Instant.ofEpochMilli(row.getLong(9)),
        Instant.ofEpochMilli(row.getLong(10)),
        over ? agentDone : ended);
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
