package org.retellbridge.foundation.ledger;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * What the ledger costs with a long history, measured by hand: {@code LedgerBench FOLDER ROWS
 * OPTIONS}, with H2's options or an empty text. Fewer rows than none are calls that begin at a
 * time, again and again until it is stopped. Not a test.
 */
final class LedgerBench {
  private static final Kind EVENT = new Kind("event", true, false, "unconfirmed");
  private static final int AT_ONCE = 2_000;
  private static final int IN_FLIGHT = 64;

  private final Path folder;
  private final String options;
  private final Watch watch = new Watch();
  private final StepId ids = new StepId();
  private final TwinCourier vendor = new TwinCourier();
  private Books books;

  private LedgerBench(Path folder, String options) {
    this.folder = folder;
    this.options = options;
    this.books = open();
  }

  public static void main(String[] arguments) throws Exception {
    LedgerBench bench = new LedgerBench(Path.of(arguments[0]), arguments[2]);
    int rows = Integer.parseInt(arguments[1]);
    bench.warmUp();
    while (rows < 0) {
      bench.starts(-rows);
    }
    if (rows == 0) {
      bench.starts(50_000);
      bench.events(10_000);
      System.exit(0);
    }
    bench.measure("filled", rows, () -> bench.fill(rows / 7));
    for (int active : new int[] {100, 1_000, 5_000, 10_000}) {
      bench.starts(active);
      bench.events(active);
    }
    bench.starts(50_000);
    bench.backlog(20_000);
    bench.reopen();
    bench.sweep();
    bench.books.close();
    bench.say("file after close");
    System.exit(0);
  }

  private Books open() {
    return Books.open(Books.config(new Place.File(folder, options), folder, watch), vendor);
  }

  private void warmUp() throws Exception {
    for (int i = 0; i < 5; i++) {
      start(4_000);
      accept(2_000);
    }
  }

  private void starts(int active) throws Exception {
    measure("starts, " + active + " calls", active, () -> start(active));
  }

  private void events(int active) throws Exception {
    measure("events, " + active + " calls", active, () -> accept(active));
  }

  private void start(int count) {
    for (int i = 0; i < count; i++) {
      CallSid sid = sid();
      CallId id = id();
      String from = "+6140" + random(10_000_000);
      books.ledger.journal.arrived(sid, false, from, "+61255500000");
      books.ledger.journal.registered(sid, id, "agent_1", Duration.ofMillis(300));
      books.ledger.calls.started(sid, id, "agent_1", false, from, "+61255500000");
      watch.forward(Duration.ofMillis(1)); // an id holds 4,096 rows a millisecond
      if (i % 5_000 == 4_999) {
        written();
      }
    }
    written();
  }

  private void written() {
    Await.until("written", Duration.ofMinutes(5), () -> books.ledger.journal.idle());
  }

  private void accept(int count) throws Exception {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    for (int i = 0; i < count; i++) {
      inFlight.acquire();
      EffectId effect = TestEffects.of(id(), "/add_event", InvocationKey.toolCall("t"), EVENT);
      books
          .ledger
          .outbox
          .accept(parcel(effect), new Mark(effect, "{\"message\":\"accepted\",\"success\":true}"))
          .whenComplete((accepted, thrown) -> inFlight.release());
    }
    inFlight.acquire(IN_FLIGHT);
  }

  private static Parcel parcel(EffectId effect) {
    return new Parcel(
        "twin", "+6140" + random(10_000_000), effect.key(), Instant.now(), "x".repeat(400));
  }

  /** An outage of the vendor, and its end. */
  private void backlog(int parcels) throws Exception {
    vendor.answers(new Delivery.Later("503", Optional.empty()));
    measure("accepted in an outage", parcels, () -> accept(parcels));
    measure("20 polls with nothing due", 20, () -> poll(20));
    measure("20 figures", 20, () -> figures(20));
    vendor.works();
    watch.forward(Duration.ofMinutes(2));
    measure(
        "delivered after it",
        parcels,
        () -> Await.until("sent", Duration.ofMinutes(20), () -> figures(1).depth() == 0));
  }

  private void poll(int times) {
    OutboxClaims claims =
        new OutboxClaims(Lease.of(Lease.USUAL, watch), new Counters(books.metrics));
    for (int i = 0; i < times; i++) {
      Books.get(
          books.ledger.database.run(
              tables -> claims.claim(tables, kind -> new Room(32, Long.MAX_VALUE, true))));
    }
  }

  private OutboxFigures figures(int times) {
    OutboxFigures figures = OutboxFigures.NONE;
    for (int i = 0; i < times; i++) {
      figures = Books.get(books.ledger.database.run(books.ledger.gauge::read));
    }
    return figures;
  }

  private void reopen() throws Exception {
    measure("closed", 1, () -> books.close());
    measure("opened", 1, () -> books = open());
  }

  private void sweep() throws Exception {
    watch.forward(Duration.ofDays(31));
    Queue<Long> waits = new ArrayDeque<>();
    measure(
        "swept",
        1,
        () -> {
          CompletableFuture<Integer> swept = books.ledger.retention.run().toCompletableFuture();
          while (!swept.isDone()) {
            long begun = System.nanoTime();
            accept(1);
            waits.add((System.nanoTime() - begun) / 1_000);
          }
          System.out.printf("%d rows went%n", swept.join());
        });
    long[] sorted = waits.stream().mapToLong(it -> it).sorted().toArray();
    System.out.printf(
        "meanwhile %d events, median %d us, 99%% %d us, longest %d us%n",
        sorted.length,
        sorted[sorted.length / 2],
        sorted[sorted.length * 99 / 100],
        sorted[sorted.length - 1]);
  }

  /** Rows of each kind, of the last twenty days. */
  private void fill(int rows) {
    for (int done = 0; done < rows; done += AT_ONCE) {
      Books.get(
          books.ledger.database.aside(
              tables -> {
                fillSome(tables);
                return null;
              }));
    }
  }

  private void fillSome(Tables tables) {
    byte[] sealed = tables.vault().seal("x".repeat(60), "bench");
    var calls =
        tables
            .handle()
            .prepareBatch(
                "insert into phone_calls (id, call_sid_key, call_id_key, customer_key, call_sid,"
                    + " call_id, agent_id, outbound, from_number, from_masked, to_number,"
                    + " to_masked, stage, reason, changed_at, ended_at, noted_at, course) values"
                    + " (?, ?, ?, ?, ?, ?, 'agent_1', false, ?, '..', ?, '..', 'over', '', ?, ?, ?,"
                    + " ?)");
    var told =
        tables
            .handle()
            .prepareBatch(
                "insert into calls (call_id, call_sid, agent_id, state, reason, analysis,"
                    + " started_at, ended_at, outbound) values (?, ?, '', 'ended', 'user_hangup',"
                    + " ?, ?, ?, false)");
    var journal =
        tables
            .handle()
            .prepareBatch(
                "insert into invocations (id, invocation_key, name, call_id, call_id_key, outcome,"
                    + " duration_ms, answer_size) values (?, ?, '/add_event', ?, ?, 'done', 5,"
                    + " 40)");
    var effects =
        tables
            .handle()
            .prepareBatch(
                "insert into effects (id, call_id, function_name, kind, idempotent, state, answer,"
                    + " owner, lease_until, started_at, finished_at) values (?, ?, '/add_event',"
                    + " 'event', true, 'done', ?, 'o', 0, ?, ?)");
    var keys =
        tables
            .handle()
            .prepareBatch(
                "insert into effect_keys (effect_key, effect_id, expires_at) values (?, ?, ?)");
    var deliveries =
        tables
            .handle()
            .prepareBatch(
                "insert into deliveries (message_id, kind, vendor_id, attempts, accepted_at,"
                    + " delivered_at) values (?, 'twin', '', 1, ?, ?)");
    var events =
        tables
            .handle()
            .prepareBatch(
                "insert into vendor_events (event, call_id, discriminator, fields, received_at)"
                    + " values ('call_ended', ?, '', ?, ?)");
    Partition partition = tables.partitions().next(tables, watch.instant());
    tables.partitions().calls(AT_ONCE);
    tables.partitions().invocations(AT_ONCE);
    for (int i = 0; i < AT_ONCE; i++) {
      String id = id().value();
      long at = watch.millis() - random(20 * 86_400_000);
      String hash = tables.vault().hash(id);
      String sid = sid().value();
      UUID key = partition.of(RowKey.of(id));
      calls.add(
          ids.next(Instant.ofEpochMilli(at)),
          partition.of(RowKey.of(sid)),
          key,
          partition.of(RowKey.ofHash(hash)),
          sid,
          id,
          sealed,
          sealed,
          at,
          at,
          at,
          "x".repeat(120));
      told.add(id, sid, sealed, at, at);
      journal.add(ids.next(Instant.ofEpochMilli(at)), hash, id, key);
      effects.add(hash.substring(0, 36), id, sealed, at, at);
      keys.add(hash, hash.substring(0, 36), Long.MAX_VALUE);
      deliveries.add(hash, at, at);
      events.add(id, sealed, at);
    }
    calls.execute();
    told.execute();
    journal.execute();
    effects.execute();
    keys.execute();
    deliveries.execute();
    events.execute();
  }

  private interface Work {
    void run() throws Exception;
  }

  private void measure(String what, int count, Work work) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long begun = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begun) / 1e9;
    double busy = (system.getProcessCpuTime() - cpu) / 1e9;
    say(
        String.format(
            "%-28s %8.2f s %9.0f/s, CPU %7.2f s, %7.1f us each,",
            what, seconds, count / seconds, busy, busy / count * 1e6));
  }

  private void say(String text) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "%s heap %d MB, file %d MB%n",
        text, (runtime.totalMemory() - runtime.freeMemory()) >> 20, size() >> 20);
  }

  private long size() {
    try {
      return Files.size(folder.resolve("ledger.mv.db"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CallId id() {
    return new CallId("call_" + UUID.randomUUID().toString().replace("-", ""));
  }

  private static CallSid sid() {
    return new CallSid("CA" + UUID.randomUUID().toString().replace("-", ""));
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }
}
