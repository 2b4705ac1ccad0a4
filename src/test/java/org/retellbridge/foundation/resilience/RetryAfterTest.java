package org.retellbridge.foundation.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({"0,PT0S", "1,PT1S", "' 20 ',PT20S", "300,PT5M", "301,PT5M", "999999999,PT5M"})
  void readsSeconds(String header, Duration wait) {
    assertThat(RetryAfter.parse(header)).contains(wait);
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 22 Nov 2026 10:00:07 GMT',PT7S",
    "'Sun, 22 Nov 2026 09:00:00 GMT',PT0S",
    "'Mon, 23 Nov 2026 10:00:00 GMT',PT5M"
  })
  void readsADate(String header, Duration wait) {
    assertThat(RetryAfter.parse(header, CLOCK)).contains(wait);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "soon",
        "-1",
        "1.5",
        "1e3",
        "9999999999",
        "Mon, 22 Nov 2026 10:00:07 GMT"
      })
  void ignoresWhatIsNoWait(String header) {
    assertThat(RetryAfter.parse(header, CLOCK)).isEmpty();
  }

  @Test
  void takesNoOtherDigits() {
    assertThat(RetryAfter.parse("٣")).isEmpty();
  }
}
