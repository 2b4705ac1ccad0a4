package org.retellbridge.foundation.hours;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Days of the week: {@code Mo}, {@code Mo-Fr}, {@code Sa-Mo}, {@code Mo,We,Fr}. */
final class Days {
  private static final List<String> NAMES = List.of("mo", "tu", "we", "th", "fr", "sa", "su");

  private Days() {}

  static Set<DayOfWeek> parse(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw new IllegalArgumentException("days are written like Mo, Mo-Fr or Mo,We");
      }
      DayOfWeek last = day(ends[ends.length - 1]);
      for (DayOfWeek day = day(ends[0]); day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }

  private static DayOfWeek day(String name) {
    int index = NAMES.indexOf(name.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new IllegalArgumentException("a day is one of Mo, Tu, We, Th, Fr, Sa, Su");
    }
    return DayOfWeek.of(index + 1);
  }
}
