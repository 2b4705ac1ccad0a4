package org.retellbridge.foundation.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.CallId;

/** The journal of function invocations; the first thing to go when there is too much to write. */
public final class Invocations {
  private static final int QUEUE = 10_000;
  private static final int LONGEST_NAME = 200;

  private final Clock clock;
  private final BatchWriter<Entry> writer;

  Invocations(Database database, Clock clock, Counters counters) {
    this.clock = clock;
    this.writer = new BatchWriter<>("invocation", QUEUE, database, counters, Invocations::write);
  }

  /**
   * @param key {@link Effect#key}, or any other 64 characters at most that tell invocations apart
   * @param name the function's name as the vendor sent it
   * @param outcome a word of at most 20 characters, such as {@code done}
   * @param answerSize in characters
   */
  public void record(
      String key,
      String name,
      Optional<CallId> call,
      String outcome,
      Duration duration,
      int answerSize) {
    writer.add(
        new Entry(
            key,
            name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name,
            call,
            outcome,
            duration.toMillis(),
            answerSize,
            clock.millis()));
  }

  CompletionStage<Void> flush() {
    return writer.flush();
  }

  CompletionStage<Void> flushAll() {
    return writer.flushAll();
  }

  private static void write(Tables tables, List<Entry> entries) {
    var batch =
        tables
            .handle()
            .prepareBatch(
                "insert into invocations (invocation_key, name, call_id, outcome, duration_ms,"
                    + " answer_size, happened_at) values (?, ?, ?, ?, ?, ?, ?)");
    entries.forEach(
        entry ->
            batch.add(
                entry.key(),
                entry.name(),
                entry.call().map(CallId::value).orElse(null),
                entry.outcome(),
                entry.millis(),
                entry.size(),
                entry.at()));
    batch.execute();
  }

  private record Entry(
      String key,
      String name,
      Optional<CallId> call,
      String outcome,
      long millis,
      int size,
      long at) {}
}
