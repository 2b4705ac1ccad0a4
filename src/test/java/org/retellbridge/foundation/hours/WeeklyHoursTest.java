package org.retellbridge.foundation.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyHoursTest {
  private static final List<String> NAMES = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");
  private static final List<String> ZONES =
      List.of("UTC", "Australia/Sydney", "America/New_York", "Asia/Kathmandu", "+05:30");

  /** 2026-11-23 is a Monday. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-23T07:59:59, false",
    "2026-11-23T08:00:00, true",
    "2026-11-27T17:59:59, true",
    "2026-11-27T18:00:00, false",
    "2026-11-28T08:59:00, false",
    "2026-11-28T09:00:00, true",
    "2026-11-28T12:00:00, false",
    "2026-11-29T10:00:00, false"
  })
  void isTheClockOnTheWallThere(LocalDateTime wall, boolean open) {
    WeeklyHours hours = WeeklyHours.parse("Mo-Fr 08:00-18:00; Sa 09:00-12:00 Australia/Sydney");
    assertThat(hours.include(wall.atZone(ZoneId.of("Australia/Sydney")).toInstant()))
        .isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T21:59:00, false",
    "2026-11-27T22:00:00, true",
    "2026-11-28T01:59:00, true",
    "2026-11-28T02:00:00, false",
    "2026-11-29T22:30:00, true",
    "2026-11-30T01:30:00, true"
  })
  void goOnAfterMidnightAlsoFromSundayToMonday(LocalDateTime wall, boolean open) {
    WeeklyHours hours = WeeklyHours.parse("Fr,Su 22:00-02:00 UTC");
    assertThat(hours.include(wall.atZone(ZoneId.of("UTC")).toInstant())).isEqualTo(open);
  }

  @Test
  void skipTheHourThatIsMissingAndRepeatTheOneThatComesTwice() {
    WeeklyHours hours = WeeklyHours.parse("Su 02:00-03:00 Europe/Berlin");
    // 2026-03-29: 02:00 is 03:00. 2026-10-25: 03:00 is 02:00 once more.
    Instant spring = Instant.parse("2026-03-29T00:00:00Z");
    assertThat(minutesOpen(hours, spring)).isZero();
    Instant autumn = Instant.parse("2026-10-24T23:00:00Z");
    assertThat(minutesOpen(hours, autumn)).isEqualTo(120);
  }

  private static long minutesOpen(WeeklyHours hours, Instant from) {
    return java.util.stream.IntStream.range(0, 6 * 60)
        .filter(minute -> hours.include(from.plusSeconds(60L * minute)))
        .count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"always", " ALWAYS ", "Mo-Su 00:00-24:00 UTC", "We-Tu 00:00-24:00 +01:00"})
  void mayBeAlways(String text) {
    WeeklyHours hours = WeeklyHours.parse(text);
    for (int hour = 0; hour < 7 * 24; hour++) {
      assertThat(hours.include(Instant.EPOCH.plusSeconds(3600L * hour))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | time zone",
        "Mo-Fr 08:00-18:00 | time zone",
        "Mo-Fr 08:00-18:00 Australia/Sidney | time zone",
        "UTC | days and hours",
        "Mo UTC | days and hours",
        "Mo 08:00-18:00; UTC | days and hours",
        "Mo-Fri 08:00-18:00 UTC | one of Mo",
        "Mo-We-Fr 08:00-18:00 UTC | days are written",
        "Mo- 08:00-18:00 UTC | one of Mo",
        "Mo 8:00-18:00 UTC | a time is written",
        "Mo 08:00-24:01 UTC | a time is written",
        "Mo 08:00-25:00 UTC | a time is written",
        "Mo 08:00 UTC | hours are written",
        "Mo 08:00-09:00-10:00 UTC | hours are written",
        "Mo 08:00-08:00 UTC | empty",
        "Mo 24:00-08:00 UTC | empty"
      })
  void sayWhatIsWrong(String text, String why) {
    assertThatThrownBy(() -> WeeklyHours.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Property
  void neverFailOtherwise(@ForAll String text) {
    try {
      assertThat(WeeklyHours.parse(text).toString()).isEqualToIgnoringCase(text.strip());
    } catch (IllegalArgumentException wrong) {
      assertThat(wrong).hasMessageNotContaining("null");
    }
  }

  /** Against the plain reading of the rules, in minutes across three years. */
  @Property
  void agreeWithTheirWording(@ForAll("rules") List<Rule> rules, @ForAll("moments") Instant moment) {
    for (String zone : ZONES) {
      StringBuilder text = new StringBuilder();
      rules.forEach(rule -> text.append(text.isEmpty() ? "" : "; ").append(rule.text()));
      LocalDateTime wall = LocalDateTime.ofInstant(moment, ZoneId.of(zone));
      boolean open = rules.stream().anyMatch(rule -> rule.covers(wall));
      assertThat(WeeklyHours.parse(text + " " + zone).include(moment)).isEqualTo(open);
    }
  }

  @Provide
  Arbitrary<Instant> moments() {
    return Arbitraries.longs()
        .between(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond(), 1_861_920_000L)
        .map(Instant::ofEpochSecond);
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    Arbitrary<Integer> days = Arbitraries.integers().between(0, 6);
    Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 24 * 60 - 1);
    return Combinators.combine(days, days, minutes, minutes)
        .as(Rule::new)
        .filter(rule -> rule.from() != rule.to())
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** One rule and what it means, told in another way than the code does. */
  record Rule(int first, int last, int from, int to) {
    String text() {
      return NAMES.get(first) + "-" + NAMES.get(last) + " " + time(from) + "-" + time(to);
    }

    boolean covers(LocalDateTime wall) {
      LocalTime begins = LocalTime.ofSecondOfDay(from * 60L);
      LocalTime ends = LocalTime.ofSecondOfDay(to * 60L);
      LocalTime now = wall.toLocalTime();
      if (begins.isBefore(ends)) {
        return on(wall.getDayOfWeek()) && !now.isBefore(begins) && now.isBefore(ends);
      }
      return on(wall.getDayOfWeek()) && !now.isBefore(begins)
          || on(wall.getDayOfWeek().minus(1)) && now.isBefore(ends);
    }

    private boolean on(DayOfWeek day) {
      int index = day.getValue() - 1;
      return first <= last ? first <= index && index <= last : index >= first || index <= last;
    }

    private static String time(int minutes) {
      return String.format("%02d:%02d", minutes / 60, minutes % 60);
    }
  }
}
