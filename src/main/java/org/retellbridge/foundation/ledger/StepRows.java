package org.retellbridge.foundation.ledger;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes the table {@code phone_calls}: a row for each call, with its course in it. */
final class StepRows {
  /** The duration of what has none. */
  static final long NONE = -1;

  private static final String INSERT =
      "insert into phone_calls (id, call_sid_key, call_id_key, customer_key, call_sid, outbound,"
          + " from_number, from_masked, to_number, to_masked, stage, reason, call_id, agent_id,"
          + " ended_at, changed_at, noted_at, course) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?, ?, ?, ?, ?, ?) on conflict do nothing";

  private static final String NUMBERS =
      "update phone_calls set outbound = ?, customer_key = ?, from_number = ?, from_masked = ?,"
          + " to_number = ?, to_masked = ? where call_sid_key = ? and from_number is null";

  /** Another node's later step may have been written before: then the call stays where it is. */
  private static final String GO_ON =
      "update phone_calls set course = substring(course || cast(:course as varchar(8000)) from 1"
          + " for 8000), noted_at = greatest(noted_at, cast(:noted as bigint)), stage = "
          + later(":stage", "stage")
          + ", reason = "
          + later(":reason", "reason")
          + ", call_id = "
          + later("coalesce(cast(:call_id as varchar(128)), call_id)", "call_id")
          + ", call_id_key = "
          + later("coalesce(cast(:call_id_key as uuid), call_id_key)", "call_id_key")
          + ", agent_id = "
          + later("coalesce(cast(:agent as varchar(128)), agent_id)", "agent_id")
          + ", ended_at = "
          + later("cast(:ended as bigint)", "ended_at")
          + ", changed_at = greatest(changed_at, cast(:at as bigint)) where call_sid_key = :key";

  private StepRows() {}

  static void write(Tables tables, StepId ids, List<Step> steps) {
    Map<Boolean, List<Course>> courses = Course.of(steps);
    List<Course> known = insert(tables, ids, courses.get(true));
    List<Course> gone = goOn(tables, known);
    List<Course> unknown = insert(tables, ids, goOn(tables, courses.get(false)));
    // Somebody else wrote them in the meantime, or two rows met in an id.
    insert(tables, ids, gone);
    goOn(tables, unknown);
    if (tables.dialect() == Dialect.POSTGRESQL) {
      registered(tables, courses);
    }
  }

  /** Another node may have heard of a call from Retell before it was written here. */
  private static void registered(Tables tables, Map<Boolean, List<Course>> courses) {
    List<Course> registered =
        courses.values().stream().flatMap(List::stream).filter(Course::registered).toList();
    batch(tables, CallRows.ON_LEG, registered, (batch, course) -> batch.add(course.leg()));
  }

  /** The others are known already, and returned. */
  private static List<Course> insert(Tables tables, StepId ids, List<Course> courses) {
    return batch(
        tables,
        INSERT,
        courses,
        (batch, course) -> batch.add(course.row(ids.next(course.begun()), tables.vault())));
  }

  /** The others are new, and returned. */
  private static List<Course> goOn(Tables tables, List<Course> courses) {
    List<Course> telling = courses.stream().filter(course -> course.numbers().isPresent()).toList();
    batch(tables, NUMBERS, telling, (batch, course) -> batch.add(course.who(tables.vault())));
    List<Course> registered = courses.stream().filter(Course::registered).toList();
    batch(tables, CallRows.FORMER_PART, registered, (batch, course) -> batch.add(course.part()));
    return batch(
        tables,
        GO_ON,
        courses,
        (batch, course) -> {
          course.bindPlace(batch);
          batch.add();
        });
  }

  /** Those that were not written. Some drivers do not say it of a batch: then they come as well. */
  private static List<Course> batch(
      Tables tables, String sql, List<Course> courses, BiConsumer<PreparedBatch, Course> add) {
    if (courses.isEmpty()) {
      return List.of();
    }
    PreparedBatch batch = tables.handle().prepareBatch(sql);
    courses.forEach(course -> add.accept(batch, course));
    int[] written = batch.execute();
    return IntStream.range(0, written.length)
        .filter(i -> written[i] != 1)
        .mapToObj(courses::get)
        .toList();
  }

  private static String later(String then, String otherwise) {
    return "case when changed_at <= cast(:at as bigint) then "
        + then
        + " else "
        + otherwise
        + " end";
  }
}
