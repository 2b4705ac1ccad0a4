package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.rehearsal.DuringStart;

/** The whole ledger of one process: opens it, keeps it going, closes it. */
final class Ledger implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Ledger.class.getName());
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration FLUSH = Duration.ofMillis(100);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final Duration SWEEP_DELAY = Duration.ofMinutes(1);
  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  final Database database;
  private final Lease lease;
  private final EffectRows effects;
  private final OutboxClaims claims;
  final OutboxGauge gauge;
  private final Counters counters;
  private final Unsaved unsaved;
  final Dispatch dispatch;
  final Retention retention;
  private final DatabaseClock clock;
  private final Rhythm rhythm;
  private final ExecutorService executor;

  final Once once;
  final Outbox outbox;
  final Calls calls;
  final Allowance allowance;
  final VendorEvents vendorEvents;
  final Invocations invocations;
  final Journal journal;
  final History history;
  final Switches switches;
  final OtherAccount account;

  Ledger(
      LedgerConfig config,
      Iterable<Courier> known,
      Metrics metrics,
      ExecutorService executor,
      ScheduledExecutorService timers) {
    this.executor = executor;
    Pause pause = new Pause(timers);
    lease = Lease.of(config.lease(), config.clock());
    counters = new Counters(metrics);
    database = new Database(config.place(), config.key(), executor, timers);
    effects = new EffectRows(lease);
    unsaved = new Unsaved(database, effects, counters);
    once =
        new Once(
            database,
            effects,
            new RecentAnswers(config.clock()),
            unsaved,
            counters,
            pause,
            config.patience(),
            lease);
    Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    Couriers couriers = new Couriers(known, pause, counters);
    Waiters waiters = new Waiters(pause);
    OutboxRows outboxRows = new OutboxRows(effects, lease, config.giveUp());
    claims = new OutboxClaims(lease, counters);
    OutboxEnds ends = new OutboxEnds(lease, backoff, counters);
    gauge = new OutboxGauge(database, lease, metrics);
    DeadLetterRows letters = new DeadLetterRows(lease, config.giveUp());
    dispatch = new Dispatch(database, claims, ends, couriers, waiters);
    outbox =
        new Outbox(
            database, outboxRows, letters, gauge, dispatch, couriers, waiters, once, counters);
    journal = new Journal(database, config.clock(), counters);
    calls = new Calls(database, journal, config.clock());
    allowance = new Allowance(database, config.clock(), counters);
    vendorEvents = new VendorEvents(database, calls, config.clock());
    invocations = new Invocations(database, config.clock(), counters);
    history = new History(database, journal.notes(), config.clock());
    switches = new Switches(database, config.clock());
    retention = new Retention(database, config.retention(), config.clock());
    account = new OtherAccount(config.account());
    clock = new DatabaseClock(config.clock());
    rhythm = new Rhythm(timers);
    database.onBeat(this::beat);
    metrics.gauge("bridge.ledger.up", () -> database.down().isEmpty() ? 1 : 0);
  }

  /** Begins to open it and to keep it going; never fails, and does not wait. */
  DuringStart start() {
    return start(POLL);
  }

  /**
   * The same.
   *
   * @param untilPoll when what is owed from before is looked at for the first time
   */
  DuringStart start(Duration untilPoll) {
    DuringStart opening = DuringStart.begin(executor, this::lookFirst);
    rhythm.every(BEAT, database::probe);
    rhythm.every(BEAT, unsaved::flush);
    rhythm.every(BEAT, gauge::count);
    rhythm.every(untilPoll, POLL, dispatch::poll);
    rhythm.every(FLUSH, invocations::flush);
    rhythm.every(FLUSH, journal::flush);
    rhythm.every(SWEEP_DELAY, SWEEP, retention::run);
    return opening;
  }

  private void lookFirst() {
    database.look();
    switches.tellUnread();
  }

  LedgerState state() {
    return new LedgerState(
        database.down(),
        database.dialect().map(dialect -> dialect.name().toLowerCase(Locale.ROOT)).orElse(""),
        gauge.last(),
        counters.degraded(),
        counters.unknown(),
        counters.dropped(),
        unsaved.size(),
        clock.ahead());
  }

  /** Writes what can still be written, then closes; nothing is left running. */
  @Override
  public void close() {
    rhythm.stop();
    try {
      CompletableFuture.allOf(
              invocations.flushAll().toCompletableFuture(),
              journal.flushAll().toCompletableFuture(),
              unsaved.flushAll().toCompletableFuture())
          .get(LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOGGER.log(WARNING, "The last records were not written: {0}", Trouble.of(e).reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    database.close();
    // Not shutdownNow: an interrupt in the middle of a write closes H2's file.
    executor.shutdown();
  }

  private void beat(Tables tables, boolean opened) {
    boolean alone = opened && database.place().exclusive();
    if (alone) {
      claims.alone(tables);
    }
    nodes(tables);
    clock.compare(tables);
    List<Lapsed> lapsed = effects.beat(tables, alone);
    tables.handle().afterCommit(() -> lapsed.forEach(this::tell));
    switches.refresh(tables);
    account.beat(tables.handle());
    if (opened) {
      gauge.begin(tables);
    }
  }

  /** Somebody has to look it up at the vendor, and nothing else says where. */
  private void tell(Lapsed lapsed) {
    counters.unknown("lapsed");
    LOGGER.log(
        WARNING,
        "{0} callSid={1} callId={2}: its process died meanwhile, nobody knows whether it happened",
        lapsed.function(),
        lapsed.callSid().map(Object::toString).orElse("-"),
        lapsed.callId().map(Object::toString).orElse("-"));
  }

  /** Also proves that the database can be written. */
  private void nodes(Tables tables) {
    tables
        .handle()
        .execute(
            "insert into nodes (node, seen_at) values (?, 0) on conflict do nothing",
            lease.owner());
    tables
        .handle()
        .execute("update nodes set seen_at = ? where node = ?", lease.now(), lease.owner());
  }
}
