package org.retellbridge.foundation.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.telephony.PhoneNumber;

/**
 * Calls and what happened in them, for people who look. Everything fails with {@link LedgerDown}.
 */
public final class History {
  private static final Duration LATE = Duration.ofSeconds(5);

  private final Database database;
  private final RecentNotes notes;
  private final Clock clock;

  History(Database database, RecentNotes notes, Clock clock) {
    this.database = database;
    this.notes = notes;
    this.clock = clock;
  }

  /**
   * Where the next page of a list begins.
   *
   * @param started when the last call of the page before it began
   * @param key that call's
   */
  public record After(Instant started, String key) {
    /** The beginning of the list. */
    public static final After NOTHING = new After(Instant.ofEpochMilli(Long.MAX_VALUE), "");
  }

  /**
   * Newest first.
   *
   * @param live only those that are not over
   */
  public CompletionStage<List<PhoneCall>> calls(boolean live, After after, int most) {
    return database.run(
        tables ->
            live
                ? HistoryRows.live(tables, longAgo(), after, most)
                : HistoryRows.newest(tables, after, most));
  }

  /** The calls of a customer, newest first. */
  public CompletionStage<List<PhoneCall>> ofCaller(PhoneNumber number, int most) {
    return database.run(tables -> HistoryRows.byCaller(tables, number.value(), most));
  }

  /**
   * A call and its course.
   *
   * @param name its CallSid, or a {@code call_id} of an agent's part of it
   */
  public CompletionStage<Optional<Story>> story(String name) {
    return database.run(
        tables ->
            HistoryRows.find(tables, name)
                .map(call -> new Story(call, MomentRows.of(tables, call))));
  }

  /** How many calls are live now. */
  public CompletionStage<Integer> live() {
    return database.run(tables -> HistoryRows.countLive(tables, longAgo()));
  }

  /**
   * Calls of which something was written since, a few seconds before that included: what a slow
   * transaction wrote, or a node whose clock is late.
   *
   * @return by CallSid or {@code call_id}, when it happened last
   */
  public CompletionStage<Map<String, Instant>> changedSince(Instant then) {
    Instant since = then.minus(LATE);
    boolean alone = database.place().exclusive();
    return database
        .run(tables -> ChangeRows.since(tables, since.toEpochMilli(), alone))
        .thenApply(
            changes -> {
              changes.putAll(notes.since(since));
              return changes;
            });
  }

  private long longAgo() {
    return clock.millis() - PhoneCall.LONGEST.toMillis();
  }

  /** A call and its course, in the order in which things began. */
  public record Story(PhoneCall call, List<Moment> moments) {}
}
