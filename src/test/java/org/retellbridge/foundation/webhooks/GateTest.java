package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.retellbridge.Logged;
import org.retellbridge.foundation.metrics.Metrics;

class GateTest {
  private final Metrics metrics = new Metrics();
  private final AtomicLong now = new AtomicLong();
  private final Gate gate = new Gate(new OnlyTwin(1), metrics, new LineLimit(now::get));

  @Test
  void writesOneLineASecondOfAFloodAndCountsEachRefusal() {
    try (Logged log = Logged.by(Gate.class)) {
      for (int i = 0; i < 1_000; i++) {
        refused(FakeRequest.post("/start"));
      }
      assertThat(log.lines())
          .containsExactly(
              "WARNING Refused POST /start: twin signature missing; it is checked with KEY");

      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      refused(FakeRequest.post("/start"));
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(1))
          .endsWith("checked with KEY; 999 more since the last such line");
    }
    assertThat(metrics.scrape())
        .contains("bridge_signature_failures_total{reason=\"missing\",vendor=\"twin\"} 1001.0");
  }

  @Test
  void writesAnotherReasonInTheSameSecond() {
    try (Logged log = Logged.by(Gate.class)) {
      refused(FakeRequest.post("/start"));
      refused(FakeRequest.post("/start").header(OnlyTwin.HEADER, "forged"));
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(1)).contains("twin signature mismatch");
    }
  }

  @Test
  void blamesTheClockAndNoKeyForWhatIsTooOld() {
    try (Logged log = Logged.by(Gate.class)) {
      refused(FakeRequest.post("/lookup").header(OnlyTwin.HEADER, OnlyTwin.OLD));
      assertThat(log.lines())
          .containsExactly("WARNING Refused POST /lookup: twin signature stale; look at the clock");
    }
  }

  /** What stands behind the gate asks whose request it is. */
  @Test
  void tellsOfNoProofWhereItLetNothingThrough() {
    SignedRequest request = FakeRequest.post("/lookup").header(OnlyTwin.HEADER, "forged").signed();
    assertThat(gate.refuse(request, List.of("twin"))).isPresent();
    assertThatThrownBy(request::proof).isInstanceOf(IllegalStateException.class);
  }

  private void refused(FakeRequest request) {
    assertThat(gate.refuse(request.signed(), List.of("twin")))
        .get()
        .extracting(Response::getStatus)
        .isEqualTo(403);
  }
}
