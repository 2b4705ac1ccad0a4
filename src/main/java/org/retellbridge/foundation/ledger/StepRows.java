package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes the tables {@code call_steps} and {@code phone_calls}: few rows for many steps. */
final class StepRows {
  /** The duration of what has none. */
  static final long NONE = -1;

  private StepRows() {}

  static void write(Tables tables, List<Step> steps) {
    batch(
        tables,
        // The outcome of a commit may be unknown: then the same steps come again.
        "insert into call_steps (id, call_key, name, facts, duration_ms) values (?, ?, ?, ?, ?) on"
            + " conflict do nothing",
        steps,
        (batch, step) ->
            batch.add(
                step.id(),
                step.call().value(),
                step.name(),
                step.factsText(),
                step.took().map(Duration::toMillis).orElse(NONE)));
    Map<Boolean, List<Course>> courses = Course.of(steps);
    List<Course> known = insert(tables, courses.get(true));
    numbers(tables, known);
    place(tables, known);
    insert(tables, place(tables, courses.get(false)));
  }

  /** The others are known already, and returned. */
  private static List<Course> insert(Tables tables, List<Course> courses) {
    int[] inserted =
        batch(
            tables,
            "insert into phone_calls (call_key, stage, reason, call_id, agent_id, ended_at,"
                + " changed_at, started_at, outbound, from_hash, from_masked, to_masked) values (?,"
                + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
            courses,
            (batch, course) -> batch.add(course.row(tables.vault())));
    return without(courses, inserted);
  }

  private static void numbers(Tables tables, List<Course> courses) {
    batch(
        tables,
        "update phone_calls set outbound = ?, from_hash = ?, from_masked = ?, to_masked = ? where"
            + " call_key = ?",
        courses,
        (batch, course) -> batch.add(course.numbersAndKey(tables.vault())));
  }

  /** The others are new, or somebody wrote what came later before; they are returned. */
  private static List<Course> place(Tables tables, List<Course> courses) {
    int[] updated =
        batch(
            tables,
            // Another node's later step may have been written before.
            "update phone_calls set stage = ?, reason = ?, call_id = coalesce(cast(? as"
                + " varchar(128)), call_id), agent_id = coalesce(cast(? as varchar(128)),"
                + " agent_id), ended_at = cast(? as bigint), changed_at = ? where call_key = ? and"
                + " changed_at <= ?",
            courses,
            (batch, course) -> batch.add(course.placeAndKey()));
    return without(courses, updated);
  }

  /** Some drivers do not say how many rows a statement of a batch changed. */
  private static List<Course> without(List<Course> courses, int[] changed) {
    return IntStream.range(0, changed.length)
        .filter(i -> changed[i] != 1)
        .mapToObj(courses::get)
        .toList();
  }

  private static <T> int[] batch(
      Tables tables, String sql, List<T> rows, BiConsumer<PreparedBatch, T> add) {
    if (rows.isEmpty()) {
      return new int[0];
    }
    PreparedBatch batch = tables.handle().prepareBatch(sql);
    rows.forEach(row -> add.accept(batch, row));
    return batch.execute();
  }
}
