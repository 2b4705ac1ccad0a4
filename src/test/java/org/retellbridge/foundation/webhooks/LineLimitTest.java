package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineLimitTest {
  /** A clock as {@link System#nanoTime} is allowed to be: about to turn negative. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);

  private final LineLimit limit = new LineLimit(now::get);

  @Test
  void letsTheFirstThroughAndThenOneASecond() {
    assertThat(limit.pass("mismatch")).hasValue(0);
    assertThat(limit.pass("mismatch")).isEmpty();
    later(Duration.ofMillis(999));
    assertThat(limit.pass("mismatch")).isEmpty();
    later(Duration.ofMillis(1));
    assertThat(limit.pass("mismatch")).hasValue(2);
    later(Duration.ofSeconds(1));
    assertThat(limit.pass("mismatch")).hasValue(0);
  }

  @Test
  void countsEachKindForItself() {
    assertThat(limit.pass("mismatch")).hasValue(0);
    assertThat(limit.pass("missing")).hasValue(0);
    assertThat(limit.pass("missing")).isEmpty();
    later(Duration.ofSeconds(1));
    assertThat(limit.pass("mismatch")).hasValue(0);
    assertThat(limit.pass("missing")).hasValue(1);
  }

  private void later(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
