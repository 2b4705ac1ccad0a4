package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.TwinNames;
import org.retellbridge.twin.wire.Exchange;
import org.retellbridge.twin.wire.Fields;

/** Calls that keep coming in, whatever happens. */
final class Arrivals implements AutoCloseable {
  /** What a voice webhook may take at most; Twilio itself gives up after 15 s. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private final Twin twin;
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<Answered> answers = new CopyOnWriteArrayList<>();

  private Arrivals(Twin twin) {
    this.twin = twin;
  }

  static Arrivals of(Twin twin, int perSecond) {
    Arrivals arrivals = new Arrivals(twin);
    arrivals.clock.scheduleAtFixedRate(
        () -> arrivals.callers.execute(arrivals::call),
        0,
        1_000_000 / perSecond,
        TimeUnit.MICROSECONDS);
    return arrivals;
  }

  /** Answers to calls that came in since then. */
  List<Answered> since(long nanoTime) {
    return answers.stream().filter(answer -> answer.began() - nanoTime >= 0).toList();
  }

  /** Whether the last so many calls that came in since then all reached the agent. */
  boolean lastReachedTheAgent(int many, long nanoTime) {
    List<Answered> last =
        since(nanoTime).stream().sorted(Comparator.comparing(Answered::began).reversed()).toList();
    return last.size() >= many && last.subList(0, many).stream().allMatch(Answered::agent);
  }

  private void call() {
    Fields fields =
        Fields.of(
            "CallSid",
            "CA" + UUID.randomUUID().toString().replace("-", ""),
            "From",
            TwinNames.CALLER,
            "To",
            TwinNames.NUMBER);
    long began = System.nanoTime();
    answers.add(
        new Answered(began, twin.twilio().webhook().post(twin.publicUrl("/start"), fields)));
  }

  @Override
  public void close() {
    clock.shutdownNow();
    callers.shutdownNow();
  }

  /** A voice webhook and its answer. */
  record Answered(long began, Exchange exchange) {
    boolean agent() {
      return exchange.text().contains("<Sip>");
    }

    /** Whatever happens: TwiML, in time. */
    void check() {
      assertThat(exchange.status()).as(exchange.toString()).isEqualTo(200);
      assertThat(exchange.text())
          .startsWith("<?xml")
          .contains("<Response>")
          .endsWith("</Response>");
      assertThat(exchange.took()).isLessThan(MOST);
    }
  }
}
