package org.retellbridge.foundation.checkup;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Compares this node's clock with that of a vendor who answered: what the bridge signs itself, its
 * own clock always finds fresh.
 */
public final class Clocks {
  /** No setting. */
  private static final String CLOCK = "clock";

  private static final Duration ALLOWED = Duration.ofSeconds(10);

  private Clocks() {}

  /**
   * What is wrong with the clock; empty when it is right, or nobody can tell.
   *
   * @param date the answer's header {@code Date}
   * @param asked when the question was sent, by this node's clock
   * @param answered when the answer was there
   * @param consequence what comes of a clock that is wrong, as a sentence
   */
  public static List<Diagnosis> compared(
      String vendor, Optional<String> date, Instant asked, Instant answered, String consequence) {
    return date.flatMap(Clocks::parsed)
        .map(there -> ahead(there, asked, answered))
        .filter(ahead -> ahead.abs().compareTo(ALLOWED) > 0)
        .map(ahead -> List.of(wrong(vendor, ahead, consequence)))
        .orElse(List.of());
  }

  private static Duration ahead(Instant there, Instant asked, Instant answered) {
    if (there.isBefore(asked)) {
      return Duration.between(there, asked);
    }
    return there.isAfter(answered) ? Duration.between(there, answered) : Duration.ZERO;
  }

  private static Diagnosis wrong(String vendor, Duration ahead, String consequence) {
    return new Diagnosis(
        CLOCK,
        Diagnosis.Result.WRONG,
        "This node's clock is "
            + ahead.abs().toSeconds()
            + (ahead.isNegative() ? " s behind " : " s ahead of ")
            + vendor
            + "'s. "
            + consequence,
        "Set the clock and let NTP keep it right; no key is to blame.");
  }

  private static Optional<Instant> parsed(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
