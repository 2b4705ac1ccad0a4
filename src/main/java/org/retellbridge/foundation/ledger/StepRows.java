package org.retellbridge.foundation.ledger;

import static java.util.stream.Collectors.partitioningBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes the table {@code phone_calls}: a row for each call, with its course in it. */
final class StepRows {
  /** The duration of what has none. */
  static final long NONE = -1;

  private static final String OVER = PhoneCall.Stage.OVER.text();

  private static final String INSERT =
      "insert into phone_calls (id, call_sid_key, call_id_key, customer_key, call_sid, outbound,"
          + " from_number, from_masked, to_number, to_masked, stage, reason, call_id, agent_id,"
          + " ended_at, changed_at, noted_at, course) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?, ?, ?, ?, ?, ?) on conflict do nothing";

  private static final String NUMBERS =
      "update phone_calls set outbound = ?, customer_key = ?, from_number = ?, from_masked = ?,"
          + " to_number = ?, to_masked = ? where call_sid_key = ? and from_number is null";

  /**
   * Another node's later step may have been written before: then the call stays where it is. Why it
   * is over it says as {@link Step.Place#after} does.
   */
  private static final String GO_ON =
      "update phone_calls set course = substring(course || cast(:course as varchar(8000)) from 1"
          + " for 8000), noted_at = greatest(noted_at, cast(:noted as bigint)), stage = "
          + later(":stage", "stage")
          + ", reason = "
          + later(
              "case when stage = '"
                  + OVER
                  + "' and :stage = '"
                  + OVER
                  + "' and substring(reason from 1 for 4) = '"
                  + Step.Place.LEG_FAILED
                  + "' then reason else :reason end",
              "reason")
          + ", call_id = "
          + later("coalesce(cast(:call_id as varchar(128)), call_id)", "call_id")
          + ", call_id_key = "
          + later("coalesce(cast(:call_id_key as uuid), call_id_key)", "call_id_key")
          + ", agent_id = "
          + later("coalesce(cast(:agent as varchar(128)), agent_id)", "agent_id")
          + ", ended_at = "
          + later("cast(:ended as bigint)", "ended_at")
          + ", changed_at = greatest(changed_at, cast(:at as bigint)) where call_sid_key = :key";

  private final Tables tables;
  private final StepId ids;
  private final Partition partition;

  private StepRows(Tables tables, StepId ids, Partition partition) {
    this.tables = tables;
    this.ids = ids;
    this.partition = partition;
  }

  /** A course, and the key of the row that it goes on in. */
  private record Known(Course course, UUID key) {}

  static void write(Tables tables, StepId ids, List<Step> steps) {
    Partition partition = tables.partitions().next(tables, steps.get(0).at());
    new StepRows(tables, ids, partition).write(Course.of(steps));
  }

  private void write(Map<Boolean, List<Course>> byArrival) {
    List<Course> arriving = byArrival.get(true);
    Map<Boolean, List<Course>> byMemory =
        arriving.stream()
            .collect(partitioningBy(course -> tables.calls().worthALook(course.key())));
    List<Course> met = insert(byMemory.get(false));
    List<Course> gone = goOn(met);
    List<Course> unknown = new ArrayList<>(insert(goOn(byMemory.get(true))));
    unknown.addAll(insert(goOn(byArrival.get(false))));
    // Somebody else wrote them in the meantime, or two rows met in an id.
    insert(gone);
    goOn(unknown);
    if (tables.dialect() == Dialect.POSTGRESQL) {
      registered(byArrival);
    }
  }

  /** Another node may have heard of a call from Retell before it was written here. */
  private void registered(Map<Boolean, List<Course>> courses) {
    List<Course> registered =
        courses.values().stream().flatMap(List::stream).filter(Course::registered).toList();
    batch(CallRows.ON_LEG, registered, (batch, course) -> batch.add(course.leg()));
  }

  /** The others are known already, and returned. */
  private List<Course> insert(List<Course> courses) {
    List<Course> left =
        batch(
            INSERT,
            courses,
            (batch, course) -> {
              UUID key = partition.of(course.key());
              batch.add(course.row(ids.next(course.begun()), key, tables.vault(), partition));
            },
            course -> tables.calls().written(course.key(), partition.of(course.key())));
    tables.partitions().calls(courses.size() - left.size());
    return left;
  }

  /** The others are new, and returned. */
  private List<Course> goOn(List<Course> courses) {
    List<Known> known = new ArrayList<>();
    List<Course> left = new ArrayList<>();
    for (Course course : courses) {
      tables
          .calls()
          .find(tables, course.key())
          .ifPresentOrElse(key -> known.add(new Known(course, key)), () -> left.add(course));
    }
    goOnIn(known).stream().map(Known::course).forEach(left::add);
    return left;
  }

  private List<Known> goOnIn(List<Known> rows) {
    batch(
        NUMBERS,
        rows.stream().filter(row -> row.course().numbers().isPresent()).toList(),
        (batch, row) -> batch.add(row.course().who(row.key(), tables.vault(), partition)));
    batch(
        CallRows.FORMER_PART,
        rows.stream().filter(row -> row.course().registered()).toList(),
        (batch, row) -> batch.add(row.course().part(row.key())));
    return batch(
        GO_ON,
        rows,
        (batch, row) -> {
          row.course().bindPlace(batch, row.key(), partition);
          batch.add();
        });
  }

  private <T> List<T> batch(String sql, List<T> rows, BiConsumer<PreparedBatch, T> add) {
    return batch(sql, rows, add, row -> {});
  }

  /** Those that were not written. Some drivers do not say it of a batch: then they come as well. */
  private <T> List<T> batch(
      String sql, List<T> rows, BiConsumer<PreparedBatch, T> add, Consumer<T> written) {
    if (rows.isEmpty()) {
      return List.of();
    }
    PreparedBatch batch = tables.handle().prepareBatch(sql);
    rows.forEach(row -> add.accept(batch, row));
    int[] counts = batch.execute();
    List<T> left = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        written.accept(rows.get(i));
      } else {
        left.add(rows.get(i));
      }
    }
    return left;
  }

  private static String later(String then, String otherwise) {
    return "case when changed_at <= cast(:at as bigint) then "
        + then
        + " else "
        + otherwise
        + " end";
  }
}
