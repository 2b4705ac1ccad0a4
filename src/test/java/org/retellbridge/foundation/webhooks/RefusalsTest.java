package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.metrics.Metrics;

class RefusalsTest {
  private final Metrics metrics = new Metrics();
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger status = new AtomicInteger();
  private final Refusals refusals = new Refusals(new OnlyTwin(), metrics, new LineLimit(now::get));

  @ParameterizedTest
  @EnumSource
  void countsEachReasonFromNothing(Refusal refusal) throws IOException {
    String series =
        "bridge_bodies_refused_total{reason=\"" + refusal.reason() + "\",vendor=\"twin\"}";
    assertThat(metrics.scrape()).contains(series + " 0.0");

    refuse(refusal);

    assertThat(metrics.scrape()).contains(series + " 1.0");
    assertThat(status).hasValue(statusOf(refusal));
  }

  @Test
  void writesOneLineASecondAndNeverTheQuery() throws IOException {
    try (Logged log = Logged.by(Refusals.class)) {
      refuse(Refusal.TOO_LARGE);
      refuse(Refusal.TOO_LARGE);
      refuse(Refusal.TOO_SLOW);
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      refuse(Refusal.TOO_LARGE);

      assertThat(log.lines())
          .containsExactly(
              "WARNING Refused POST /lookup: twin body: Content Too Large (413)",
              "WARNING Refused POST /lookup: twin body: Request Timeout (408)",
              "WARNING Refused POST /lookup: twin body: Content Too Large (413);"
                  + " 1 more since the last such line");
    }
  }

  private static int statusOf(Refusal refusal) {
    return switch (refusal) {
      case TOO_LARGE -> 413;
      case ENCODED -> 415;
      case TOO_SLOW -> 408;
      case BUSY -> 503;
    };
  }

  private void refuse(Refusal refusal) throws IOException {
    HttpServletRequest request = FakeRequest.post("/lookup").query("secret=1").servlet();
    refusals.answer(refusal, "twin", request, response());
  }

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            RefusalsTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals("setStatus")) {
                status.set((int) arguments[0]);
              }
              return called.getName().equals("getOutputStream") ? new Nowhere() : null;
            });
  }

  private static final class Nowhere extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(int one) {
      // Nobody reads it.
    }
  }

  private static final class OnlyTwin extends Proofs {
    @Override
    List<String> vendors() {
      return List.of("twin");
    }
  }
}
