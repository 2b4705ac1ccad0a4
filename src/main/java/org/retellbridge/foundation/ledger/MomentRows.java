package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.retellbridge.foundation.telephony.CallId;

/** Reads the course of one call from where its parts are written down. */
final class MomentRows {
  /** No call has more; a broken client that made more must not fill the memory. */
  private static final int MOST = 1_000;

  private MomentRows() {}

  static List<Moment> of(Tables tables, PhoneCall call) {
    List<Moment> moments = new ArrayList<>(steps(tables, call.key()));
    // What Twilio itself asked for is known by the CallSid.
    call.callSid().ifPresent(sid -> moments.addAll(effects(tables, sid.value(), Map.of())));
    for (String id : parts(tables, call)) {
      moments.addAll(functions(tables, id));
      moments.addAll(effects(tables, id, Map.of("call_id", id)));
      moments.addAll(events(tables, id));
    }
    moments.sort(Comparator.comparing(Moment::at));
    return moments.size() > MOST ? moments.subList(0, MOST) : moments;
  }

  /** The agents' parts of the call. */
  private static List<String> parts(Tables tables, PhoneCall call) {
    List<String> registered =
        tables
            .handle()
            .createQuery("select call_id from calls where call_sid = ?")
            .bind(0, call.key())
            .mapTo(String.class)
            .list();
    return Stream.concat(registered.stream(), call.callId().map(CallId::value).stream())
        .distinct()
        .toList();
  }

  private static List<Moment> steps(Tables tables, String key) {
    return tables
        .handle()
        .createQuery("select course from phone_calls where call_sid_key = any(:keys)")
        .bind("keys", tables.partitions().all(tables, RowKey.of(key)))
        .mapTo(String.class)
        .findFirst()
        .map(Step::read)
        .orElse(List.of());
  }

  /** Repeats stand with the invocation that they repeat. */
  private static List<Moment> functions(Tables tables, String id) {
    Map<String, Moment> first = new LinkedHashMap<>();
    List<Moment> all = new ArrayList<>();
    tables
        .handle()
        .createQuery(
            "select invocation_key, name, outcome, duration_ms, answer_size, id, arguments, answer"
                + " from invocations where call_id_key = any(:keys) order by id limit :most")
        .bind("keys", tables.partitions().all(tables, RowKey.of(id)))
        .bind("most", MOST)
        .map(
            (row, context) -> {
              String key = row.getString(1);
              Map<String, String> facts = new LinkedHashMap<>();
              facts.put("outcome", row.getString(3));
              facts.put("call_id", id);
              opened(tables, row.getBytes(7), Invocations.asked(key), "arguments", facts);
              opened(tables, row.getBytes(8), Invocations.told(key), "answer", facts);
              facts.put("answer_size", Integer.toString(row.getInt(5)));
              return Map.entry(
                  key,
                  moment(
                      Moment.Kind.FUNCTION,
                      row.getString(2),
                      row.getLong(4),
                      StepId.millis(row.getLong(6)),
                      facts));
            })
        .list()
        .forEach(
            entry -> {
              Moment known = first.get(entry.getKey());
              if (known != null && "repeated".equals(entry.getValue().facts().get("outcome"))) {
                known
                    .facts()
                    .merge(
                        "repeats", "1", (old, one) -> Integer.toString(Integer.parseInt(old) + 1));
                return;
              }
              first.putIfAbsent(entry.getKey(), entry.getValue());
              all.add(entry.getValue());
            });
    return all;
  }

  private static void opened(
      Tables tables, byte[] sealed, String place, String name, Map<String, String> facts) {
    if (sealed != null) {
      facts.put(name, tables.vault().find(sealed, place).orElse(Moment.UNREADABLE));
    }
  }

  /**
   * @param where what else is said of each
   */
  private static List<Moment> effects(Tables tables, String id, Map<String, String> where) {
    return tables
        .handle()
        .createQuery(
            "select function_name, state, started_at from effects where call_id = ? and state in"
                + " ('running', 'unknown') order by started_at limit ?")
        .bind(0, id)
        .bind(1, MOST)
        .map(
            (row, context) -> {
              Map<String, String> facts = new LinkedHashMap<>(where);
              facts.put("state", row.getString(2));
              return moment(
                  Moment.Kind.EFFECT, row.getString(1), StepRows.NONE, row.getLong(3), facts);
            })
        .list();
  }

  private static List<Moment> events(Tables tables, String id) {
    return tables
        .handle()
        .createQuery(
            "select event, fields, received_at from vendor_events where call_id = ? order by"
                + " received_at limit ?")
        .bind(0, id)
        .bind(1, MOST)
        .map(
            (row, context) -> {
              String event = row.getString(1);
              Map<String, String> facts = new LinkedHashMap<>();
              facts.put("call_id", id);
              opened(tables, row.getBytes(2), "event " + event + " " + id, "fields", facts);
              return moment(Moment.Kind.VENDOR_EVENT, event, StepRows.NONE, row.getLong(3), facts);
            })
        .list();
  }

  /** What takes time is written when it is over, and stands where it began. */
  static Moment moment(
      Moment.Kind kind, String name, long took, long written, Map<String, String> facts) {
    return new Moment(
        Instant.ofEpochMilli(written - Math.max(took, 0)),
        kind,
        name,
        took < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(took)),
        facts);
  }
}
