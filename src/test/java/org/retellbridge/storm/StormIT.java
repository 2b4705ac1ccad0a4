package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.Node;
import org.retellbridge.storm.Errand.Told;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.wire.Fault;
import org.retellbridge.twin.wire.FaultRule;
import org.retellbridge.twin.wire.Faults;

/**
 * Every effect is asked for three times, twice at the same moment, while 5 % of the vendors'
 * connections are cut, 5 % of their answers are 503 and 1 % are 429; half of the failures come
 * after the vendor has acted. {@code -Dstorm.effects} says how many effects.
 */
class StormIT {
  private static final int EFFECTS = Integer.getInteger("storm.effects", 300);
  private static final int CALLERS = 12;

  @TempDir private Path folder;

  @Test
  void happensOnceWhateverTheWeather() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS * 3);
    try (Twin twin = Twin.start();
        Node node = Node.in(folder, twin.settings(), List.of()).start().awaitUp()) {
      turnBad(twin.twilio().faults(), 1);
      turnBad(twin.segment().trackingFaults(), 2);
      List<Errand> errands = new CopyOnWriteArrayList<>();
      List<? extends Future<?>> callers =
          IntStream.range(0, CALLERS)
              .mapToObj(
                  caller ->
                      threads.submit(
                          () -> {
                            for (int i = caller; i < EFFECTS; i += CALLERS) {
                              Errand errand = Errand.of(kind(i), i + 1, twin);
                              errands.add(errand);
                              askThreeTimes(errand, node, threads);
                            }
                          }))
              .toList();
      for (Future<?> caller : callers) {
        caller.get(20, TimeUnit.MINUTES);
      }
      List<Errand> events =
          errands.stream().filter(errand -> errand.kind == Errand.Kind.EVENT).toList();
      assertThat(events).as("accepted in any weather").allMatch(e -> e.told.contains(Told.DONE));
      Await.until(
          "the outbox is empty",
          Duration.ofMinutes(3),
          () -> Reckoning.arrived(events, twin) == events.size());
      int asked = errands.stream().mapToInt(errand -> errand.asked.get()).sum();
      Reckoning.report("storm", asked + " requests", Reckoning.of(errands, twin));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void askThreeTimes(Errand errand, Node node, ExecutorService threads) {
    CompletableFuture<Told> atOnce =
        CompletableFuture.supplyAsync(() -> errand.ask(node.url("/")), threads);
    errand.ask(node.url("/"));
    atOnce.join();
    errand.ask(node.url("/"));
  }

  private static Errand.Kind kind(int i) {
    return Errand.Kind.values()[i % Errand.Kind.values().length];
  }

  private static void turnBad(Faults faults, long seed) {
    faults.seed(seed);
    faults.add(FaultRule.of(Fault.cut()).chance(0.025));
    faults.add(FaultRule.of(Fault.cutAfterActing()).chance(0.025));
    faults.add(FaultRule.of(Fault.status(503)).chance(0.025));
    faults.add(FaultRule.of(Fault.status(503).afterItActed()).chance(0.025));
    faults.add(FaultRule.of(Fault.status(429).retryAfter(1)).chance(0.01));
  }
}
