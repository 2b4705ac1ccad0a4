package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.Node;
import org.retellbridge.storm.Errand.Told;
import org.retellbridge.twin.Twin;

/**
 * Kills the server with the WAR at random moments under load, as often as {@code
 * -Dwar.crash.rounds} says, starts it again on the same data, and compares what was answered with
 * what the vendors got.
 */
class WarCrashIT {
  private static final int ROUNDS = Integer.getInteger("war.crash.rounds", 2);
  private static final int CALLERS = 6;

  @TempDir private Path folder;
  private final Random chance = new Random();
  private final List<Errand> errands = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();

  @Test
  void losesNothingAndDoublesNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try (Twin twin = Twin.start();
        Node node = Node.in(folder, twin.settings(), List.of())) {
      for (int round = 0; round < ROUNDS; round++) {
        node.start().awaitUp();
        int until = answered() + 30 + chance.nextInt(120);
        AtomicBoolean over = new AtomicBoolean();
        List<? extends Future<?>> callers =
            IntStream.range(0, CALLERS)
                .mapToObj(i -> threads.submit(() -> callUntil(over, node, twin)))
                .toList();
        Await.until("work is done", Duration.ofMinutes(2), () -> answered() >= until);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(chance.nextInt(50)));
        node.kill();
        // It had no time to tidy up, so that this must lie where the test's own folder ends it.
        assertThat(folder.resolve("tmp")).isDirectoryContaining("glob:**/payaramicro-rt*");
        over.set(true);
        for (Future<?> caller : callers) {
          caller.get(1, TimeUnit.MINUTES);
        }
      }
      node.start().awaitUp();
      assertThat(errands).anyMatch(errand -> errand.told.contains(Told.NOTHING));
      errands.parallelStream().forEach(errand -> errand.ask(node.url("/")));
      Await.until(
          "the outbox is empty",
          Duration.ofMinutes(2),
          () -> Reckoning.arrived(events(), twin) == events().size());
      Reckoning.report("war-crash", ROUNDS + " kills", Reckoning.of(errands, twin));
    } finally {
      threads.shutdownNow();
    }
  }

  /** New errands, and now and then an old one again, as Retell does after a failure. */
  private void callUntil(AtomicBoolean over, Node node, Twin twin) {
    while (!over.get()) {
      int mine = number.incrementAndGet();
      Errand errand = Errand.of(mine % 2 == 0 ? Errand.Kind.EVENT : Errand.Kind.SMS, mine, twin);
      errands.add(errand);
      errand.ask(node.url("/"));
      if (mine % 3 == 0) {
        errands.get(mine * 7 % errands.size()).ask(node.url("/"));
      }
    }
  }

  private int answered() {
    return (int) errands.stream().filter(errand -> !errand.texts.isEmpty()).count();
  }

  private List<Errand> events() {
    return errands.stream().filter(errand -> errand.kind == Errand.Kind.EVENT).toList();
  }
}
