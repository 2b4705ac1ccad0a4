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
      "insert into phone_calls (call_key, stage, reason, call_id, agent_id, ended_at, changed_at,"
          + " started_at, outbound, from_hash, from_masked, to_masked, noted_at, course) values"
          + " (:key, :stage, :reason, :call_id, :agent, :ended, :at, :started, :outbound,"
          + " :from_hash, :from_masked, :to_masked, :noted, :course) on conflict do nothing";

  private static final String NUMBERS =
      "update phone_calls set outbound = :outbound, from_hash = :from_hash, from_masked ="
          + " :from_masked, to_masked = :to_masked where call_key = :key";

  /** Another node's later step may have been written before: then the call stays where it is. */
  private static final String GO_ON =
      "update phone_calls set course = substring(course || cast(:course as varchar(8000)) from 1"
          + " for 8000), noted_at = greatest(noted_at, cast(:noted as bigint)), stage = "
          + later(":stage", "stage")
          + ", reason = "
          + later(":reason", "reason")
          + ", call_id = "
          + later("coalesce(cast(:call_id as varchar(128)), call_id)", "call_id")
          + ", agent_id = "
          + later("coalesce(cast(:agent as varchar(128)), agent_id)", "agent_id")
          + ", ended_at = "
          + later("cast(:ended as bigint)", "ended_at")
          + ", changed_at = greatest(changed_at, cast(:at as bigint)) where call_key = :key";

  private StepRows() {}

  static void write(Tables tables, List<Step> steps) {
    Map<Boolean, List<Course>> courses = Course.of(steps);
    List<Course> known = insert(tables, courses.get(true));
    batch(tables, NUMBERS, known, (batch, course) -> course.bindNumbers(batch, tables.vault()));
    goOn(tables, known);
    insert(tables, goOn(tables, courses.get(false)));
  }

  /** The others are known already, and returned. */
  private static List<Course> insert(Tables tables, List<Course> courses) {
    return batch(
        tables,
        INSERT,
        courses,
        (batch, course) -> {
          course.bindNumbers(batch, tables.vault());
          course.bindPlace(batch);
          batch.bind("started", course.begun().toEpochMilli());
        });
  }

  /** The others are new, and returned. */
  private static List<Course> goOn(Tables tables, List<Course> courses) {
    return batch(tables, GO_ON, courses, (batch, course) -> course.bindPlace(batch));
  }

  /** Those that were not written. Some drivers do not say it of a batch: then they come as well. */
  private static List<Course> batch(
      Tables tables, String sql, List<Course> courses, BiConsumer<PreparedBatch, Course> bind) {
    if (courses.isEmpty()) {
      return List.of();
    }
    PreparedBatch batch = tables.handle().prepareBatch(sql);
    courses.forEach(
        course -> {
          batch.bind("key", course.call().value());
          bind.accept(batch, course);
          batch.add();
        });
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
