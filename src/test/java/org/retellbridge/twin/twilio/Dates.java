package org.retellbridge.twin.twilio;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Dates as the API's two generations write them. */
final class Dates {

  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US);

  private Dates() {}

  static String rfc2822() {
    return ZonedDateTime.now(ZoneOffset.UTC).format(RFC_2822);
  }

  static String iso() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
