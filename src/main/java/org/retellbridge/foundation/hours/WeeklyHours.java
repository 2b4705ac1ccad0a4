package org.retellbridge.foundation.hours;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;

/**
 * When something is open, such as {@code Mo-Fr 08:00-18:00; Sa 09:00-12:00 Australia/Sydney}, or
 * {@code always}. What counts is the clock on the wall in that zone: where it is put forward an
 * hour is missing, where it is put back an hour comes twice. Hours that end before they begin
 * ({@code Fr 22:00-02:00}) end on the next day.
 */
public final class WeeklyHours {
  public static final WeeklyHours ALWAYS = new WeeklyHours("always", null, new BitSet());

  private static final int MINUTES_A_DAY = 24 * 60;

  private final String text;
  private final ZoneId zone;
  private final BitSet open;

  private WeeklyHours(String text, ZoneId zone, BitSet open) {
    this.text = text;
    this.zone = zone;
    this.open = open;
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with what is wrong as its message, which repeats nothing of
   *     the text
   */
  public static WeeklyHours parse(String text) {
    String stripped = text.strip();
    if (stripped.equalsIgnoreCase(ALWAYS.text)) {
      return ALWAYS;
    }
    int blank = stripped.lastIndexOf(' ');
    BitSet open = new BitSet(7 * MINUTES_A_DAY);
    ZoneId zone = Zones.parse(blank < 0 ? stripped : stripped.substring(blank + 1));
    for (String rule : (blank < 0 ? "" : stripped.substring(0, blank)).split(";", -1)) {
      add(rule.strip(), open);
    }
    return new WeeklyHours(stripped, zone, open);
  }

  /** Whether it is open at that moment. */
  public boolean include(Instant moment) {
    if (this == ALWAYS) {
      return true;
    }
    ZonedDateTime wall = moment.atZone(zone);
    return open.get(
        (wall.getDayOfWeek().getValue() - 1) * MINUTES_A_DAY
            + wall.getHour() * 60
            + wall.getMinute());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeeklyHours hours && text.equals(hours.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  private static void add(String rule, BitSet open) {
    String[] parts = rule.split("\\s+", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("each rule is days and hours, such as Mo-Fr 08:00-18:00");
    }
    for (String hours : parts[1].split(",")) {
      Span span = Span.parse(hours.strip());
      for (DayOfWeek day : Days.parse(parts[0])) {
        add((day.getValue() - 1) * MINUTES_A_DAY, span, open);
      }
    }
  }

  /** What goes beyond Sunday's end comes back on Monday. */
  private static void add(int midnight, Span span, BitSet open) {
    int week = 7 * MINUTES_A_DAY;
    int from = midnight + span.from();
    int to = midnight + span.to();
    open.set(from, Math.min(to, week));
    if (to > week) {
      open.set(0, to - week);
    }
  }

  /** Minutes since midnight; beyond 1,440 on the next day. */
  private record Span(int from, int to) {

    static Span parse(String text) {
      String[] ends = text.split("-", -1);
      if (ends.length != 2) {
        throw new IllegalArgumentException("hours are written like 08:00-18:00");
      }
      int from = minutes(ends[0]);
      int to = minutes(ends[1]);
      if (from == to || from == MINUTES_A_DAY) {
        throw new IllegalArgumentException("hours that are empty; a whole day is 00:00-24:00");
      }
      return new Span(from, to < from ? to + MINUTES_A_DAY : to);
    }

    private static int minutes(String time) {
      if (!time.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
        throw new IllegalArgumentException("a time is written like 08:00, from 00:00 to 24:00");
      }
      return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }
  }
}
