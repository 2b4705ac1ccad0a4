package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.foundation.ledger.Await;
import org.retellbridge.harness.Node;
import org.retellbridge.storm.Arrivals.Answered;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.retell.AgentCall;
import org.retellbridge.twin.retell.CallSpec;
import org.retellbridge.twin.retell.ToolAnswer;
import org.retellbridge.twin.wire.Fault;

/**
 * Vendors fail in every way while calls keep coming: each is answered with TwiML within 10 s,
 * memory stays where it was, and 30 s after the fault is over every call reaches its agent. {@code
 * -Dchaos.seconds} says how long each fault lasts at least, {@code -Dchaos.rate} how many calls
 * come a second.
 */
class ChaosIT {
  private static final Duration LASTS = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 1));
  private static final int RATE = Integer.getInteger("chaos.rate", 10);

  /** Whom no agent of the other tests saves. */
  private static final String STRANGER = "+61491570156";

  private static final int STRUCK = 40;
  private static final Duration RECOVERY = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final long GROWTH_MEGABYTES = 64;

  private static final Twin twin = Twin.start();

  @TempDir private static Path folder;
  private static TlsFront front;
  private static Node node;
  private static Arrivals arrivals;
  private static long heap;

  @BeforeAll
  static void start() {
    front = TlsFront.before(twin.retell().base(), folder);
    name("localhost");
    Map<String, String> settings = new HashMap<>(twin.settings());
    settings.put("RETELL_API_BASE_URL", "https://localhost:" + front.port());
    node =
        Node.in(folder, settings, List.of())
            .withJvm(
                "-Djavax.net.ssl.trustStore=" + TlsFront.trustStore(folder),
                "-Djavax.net.ssl.trustStorePassword=" + TlsFront.PASSWORD,
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                "-Dsun.net.inetaddr.ttl=0",
                "-Dsun.net.inetaddr.negative.ttl=0")
            .start()
            .awaitUp();
    twin.publish(node.url(""));
    arrivals = Arrivals.of(twin, RATE);
    long now = System.nanoTime();
    Await.until("calls reach the agent", LONG, () -> arrivals.lastReachedTheAgent(STRUCK, now));
    heap = node.liveHeapMegabytes();
  }

  @AfterAll
  static void stop() {
    if (arrivals != null) {
      arrivals.close();
    }
    if (node != null) {
      node.close();
    }
    front.close();
    twin.close();
  }

  @AfterEach
  void calm() {
    twin.retell().faults().clear();
    twin.segment().profileFaults().clear();
    twin.segment().trackingFaults().clear();
    twin.twilio().faults().clear();
    front.turnTrusted();
    name("localhost");
  }

  static Stream<Arguments> mishaps() {
    return Stream.of(
        retell(Fault.late(Duration.ofSeconds(60))),
        retell(Fault.silent()),
        retell(Fault.cut()),
        retell(Fault.cutAfterActing()),
        retell(Fault.half()),
        retell(Fault.halfThenSilence()),
        retell(Fault.status(503)),
        retell(Fault.status(429).retryAfter(60)),
        retell(Fault.trickle(Duration.ofMillis(500))),
        Arguments.of("its name and its host are gone", (Runnable) ChaosIT::disappear),
        Arguments.of("its certificate is a stranger's", (Runnable) front::turnStrange));
  }

  private static Arguments retell(Fault fault) {
    return Arguments.of(fault.story(), (Runnable) () -> twin.retell().faults().always(fault));
  }

  @ParameterizedTest(name = "Retell: {0}")
  @MethodSource("mishaps")
  void answersEveryCallAndRecovers(String what, Runnable mishap) {
    long began = System.nanoTime();
    mishap.run();
    Await.until(
        "the fault strikes " + STRUCK + " calls",
        LONG.plus(LASTS),
        () ->
            System.nanoTime() - began > LASTS.toNanos()
                && arrivals.since(began).stream().filter(call -> !call.agent()).count() >= STRUCK);
    calm();
    long over = System.nanoTime();
    Await.until(
        "calls reach the agent again", RECOVERY, () -> arrivals.lastReachedTheAgent(RATE, over));

    check(began);
  }

  @Test
  void startsCallsWhileSegmentAndTwilioAreSilent() {
    long began = System.nanoTime();
    twin.segment().profileFaults().always(Fault.silent());
    twin.segment().trackingFaults().always(Fault.silent());
    twin.twilio().faults().always(Fault.silent());
    List<Thread> agents =
        Stream.generate(ChaosIT::useFunctions).limit(100).peek(Thread::start).toList();
    Await.until("calls come meanwhile", LONG, () -> arrivals.since(began).size() >= 10 * STRUCK);

    assertThat(arrivals.since(began)).allMatch(Answered::agent);
    agents.forEach(Thread::interrupt);
    check(began);
  }

  @Test
  void looksCustomersUpWhileRetellIsSilent() {
    long began = System.nanoTime();
    twin.retell().faults().always(Fault.silent());
    AgentCall agent =
        twin.retell().talk(CallSpec.phone(TwinNames.AGENT, STRANGER, TwinNames.NUMBER));
    for (int i = 0; i < STRUCK; i++) {
      ToolAnswer answer = agent.callFunction(twin.publicUrl("/lookup"), "f", Map.of());
      assertThat(answer.last().text()).isEqualTo("[]");
      assertThat(answer.last().took()).isLessThan(Duration.ofSeconds(5));
    }
    check(began);
  }

  private static void check(long began) {
    arrivals.since(began).forEach(Answered::check);
    assertThat(node.liveHeapMegabytes()).isLessThan(heap + GROWTH_MEGABYTES);
    assertThat(node.log()).doesNotContain("OutOfMemoryError");
  }

  /** An agent that looks up, saves and texts, and waits for each. */
  private static Thread useFunctions() {
    AgentCall agent =
        twin.retell().talk(CallSpec.phone(TwinNames.AGENT, TwinNames.CALLER, TwinNames.NUMBER));
    return new Thread(
        () -> {
          for (String path : new String[] {"/lookup", "/save_customer", "/send_sms"}) {
            if (!Thread.currentThread().isInterrupted()) {
              agent.callFunction(twin.publicUrl(path), "f", Map.of("message", "Hi", "name", "Mia"));
            }
          }
        });
  }

  /** What was looked up before does not help either. */
  private static void disappear() {
    name("elsewhere");
    front.turnStrange();
  }

  /** The only name that the bridge can resolve, beside the machine's own. */
  private static void name(String name) {
    try {
      String own = InetAddress.getLocalHost().getHostName();
      Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + name + "\n127.0.0.1 " + own + "\n");
      front.cutAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
