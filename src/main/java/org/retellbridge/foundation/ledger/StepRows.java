package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.Masked;

/** Writes the tables {@code steps} and {@code phone_calls}: few statements for many steps. */
final class StepRows {
  /** The duration of what has none. */
  static final long NONE = -1;

  private StepRows() {}

  static void write(Tables tables, List<Step> steps) {
    batch(
        tables,
        "insert into steps (call_key, name, facts, duration_ms, happened_at) values (?, ?, ?, ?,"
            + " ?)",
        steps,
        step -> true,
        (batch, step) ->
            batch.add(
                step.call().value(),
                step.name(),
                step.factsText(),
                step.took().map(Duration::toMillis).orElse(NONE),
                step.at().toEpochMilli()));
    batch(
        tables,
        "insert into phone_calls (call_key, stage, started_at, changed_at) values (?, ?, ?, 0) on"
            + " conflict do nothing",
        steps,
        step -> step.leads().isPresent(),
        (batch, step) ->
            batch.add(
                step.call().value(),
                step.leads().orElseThrow().stage().text(),
                step.at().toEpochMilli()));
    batch(
        tables,
        "update phone_calls set outbound = ?, from_hash = ?, from_masked = ?, to_masked = ? where"
            + " call_key = ?",
        steps,
        step -> step.numbers().isPresent(),
        (batch, step) -> addNumbers(tables.vault(), batch, step));
    batch(
        tables,
        // Another node's later step may have been written before.
        "update phone_calls set stage = ?, reason = ?, call_id = coalesce(cast(? as varchar(128)),"
            + " call_id), agent_id = coalesce(cast(? as varchar(128)), agent_id), ended_at = cast(?"
            + " as bigint), changed_at = ? where call_key = ? and changed_at <= ?",
        steps,
        step -> step.leads().isPresent(),
        StepRows::addPlace);
  }

  private static void addNumbers(Vault vault, PreparedBatch batch, Step step) {
    Step.Numbers numbers = step.numbers().orElseThrow();
    batch.add(
        numbers.outbound(),
        vault.hash(numbers.outbound() ? numbers.to() : numbers.from()),
        Masked.of(numbers.from()),
        Masked.of(numbers.to()),
        step.call().value());
  }

  private static void addPlace(PreparedBatch batch, Step step) {
    Step.Place place = step.leads().orElseThrow();
    long at = step.at().toEpochMilli();
    batch.add(
        place.stage().text(),
        place.reason(),
        place.callId().map(CallId::value).orElse(null),
        place.agentId().isEmpty() ? null : place.agentId(),
        place.stage() == PhoneCall.Stage.OVER ? at : null,
        at,
        step.call().value(),
        at);
  }

  private static void batch(
      Tables tables,
      String sql,
      List<Step> steps,
      Predicate<Step> which,
      BiConsumer<PreparedBatch, Step> add) {
    List<Step> chosen = steps.stream().filter(which).toList();
    if (chosen.isEmpty()) {
      return;
    }
    PreparedBatch batch = tables.handle().prepareBatch(sql);
    chosen.forEach(step -> add.accept(batch, step));
    batch.execute();
  }
}
