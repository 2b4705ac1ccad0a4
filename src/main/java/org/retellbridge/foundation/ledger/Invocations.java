package org.retellbridge.foundation.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.CallId;

/** The journal of function invocations; the first thing to go when there is too much to write. */
public final class Invocations {
  private static final int QUEUE = 10_000;
  private static final int LONGEST_NAME = 200;

  private final Clock clock;
  private final StepId ids = new StepId();
  private final BatchWriter<Entry> writer;

  Invocations(Database database, Clock clock, Counters counters) {
    this.clock = clock;
    this.writer =
        new BatchWriter<>(
            "invocation",
            QUEUE,
            Duration.ZERO,
            database,
            counters,
            Invocations::write,
            written -> {});
  }

  /**
   * @param key {@link EffectId#key}, or any other 64 characters at most that tell invocations apart
   * @param name the function's name as the vendor sent it
   * @param outcome a word of at most 20 characters, such as {@code done}
   * @param arguments an outline of what was asked; no values, sealed all the same
   * @param answer an outline of the answer; the same holds for it
   * @param answerSize in characters
   */
  public void record(
      String key,
      String name,
      Optional<CallId> call,
      String outcome,
      Duration duration,
      String arguments,
      String answer,
      int answerSize) {
    writer.add(
        new Entry(
            ids.next(clock.instant()),
            key,
            name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name,
            call,
            outcome,
            duration.toMillis(),
            arguments,
            answer,
            answerSize));
  }

  CompletionStage<Void> flush() {
    return writer.flush();
  }

  CompletionStage<Void> flushAll() {
    return writer.flushAll();
  }

  /** Whether all is written. */
  boolean idle() {
    return writer.idle();
  }

  /** The place of an invocation's arguments, for the vault. */
  static String asked(String key) {
    return "arguments " + key;
  }

  /** The place of an invocation's answer, for the vault. */
  static String told(String key) {
    return "answer " + key;
  }

  private static void write(Tables tables, List<Entry> entries) {
    Instant first = Instant.ofEpochMilli(StepId.millis(entries.get(0).id()));
    Partition partition = tables.partitions().next(tables, first);
    var batch =
        tables
            .handle()
            .prepareBatch(
                "insert into invocations (id, invocation_key, name, call_id, call_id_key, outcome,"
                    + " duration_ms, arguments, answer, answer_size) values (?, ?, ?, ?, ?, ?, ?,"
                    + " ?, ?, ?)");
    entries.forEach(
        entry ->
            batch.add(
                entry.id(),
                entry.key(),
                entry.name(),
                entry.call().map(CallId::value).orElse(null),
                entry.call().map(CallId::value).map(RowKey::of).map(partition::of).orElse(null),
                entry.outcome(),
                entry.millis(),
                tables.vault().seal(entry.arguments(), asked(entry.key())),
                tables.vault().seal(entry.answer(), told(entry.key())),
                entry.size()));
    batch.execute();
    tables.partitions().invocations(entries.size());
  }

  private record Entry(
      long id,
      String key,
      String name,
      Optional<CallId> call,
      String outcome,
      long millis,
      String arguments,
      String answer,
      int size) {}
}
