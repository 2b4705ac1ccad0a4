package org.retellbridge.twin.timeline;

import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a timeline in columns: time, who to whom, what; details below. */
public final class TimelinePrinter {

  private static final int TIME = 8;
  private static final int PARTY = 8;
  private static final String INDENT = " ".repeat(TIME + 2 * PARTY + 9);

  private final boolean colours;
  private final boolean fancy;
  private final int width;

  private TimelinePrinter(boolean colours, boolean fancy, int width) {
    this.colours = colours;
    this.fancy = fancy;
    this.width = width;
  }

  /** For a file, a log or a test. */
  public static TimelinePrinter plain() {
    return new TimelinePrinter(false, true, 120);
  }

  /** Colours only on a terminal, arrows only where the character set has them. */
  public static TimelinePrinter forConsole() {
    boolean terminal = System.console() != null && System.getenv("NO_COLOR") == null;
    Charset charset = Charset.forName(System.getProperty("sun.stdout.encoding", "UTF-8"));
    return new TimelinePrinter(terminal, charset.newEncoder().canEncode('─'), 120);
  }

  public TimelinePrinter width(int columns) {
    return new TimelinePrinter(colours, fancy, columns);
  }

  public String print(List<TimelineEntry> entries) {
    return entries.stream().map(this::print).collect(Collectors.joining());
  }

  /** One entry with its details, each line ended. */
  public String print(TimelineEntry entry) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%" + TIME + "s  ", entry.elapsedMs() + " ms"));
    text.append(parties(entry)).append("  ");
    text.append(colour("1", cut(entry.title(), width - INDENT.length()))).append('\n');
    for (String detail : entry.details()) {
      for (String line : detail.split("\n")) {
        text.append(INDENT).append(colour("2", cut(line, width - INDENT.length()))).append('\n');
      }
    }
    return text.toString();
  }

  private String parties(TimelineEntry entry) {
    String from = String.format("%-" + PARTY + "s", entry.from());
    if (entry.from().equals(entry.to())) {
      return colour("36", from) + " ".repeat(PARTY + 5);
    }
    String arrow = fancy ? " ──▶ " : " --> ";
    return colour("36", from) + arrow + colour("36", String.format("%-" + PARTY + "s", entry.to()));
  }

  private String cut(String text, int room) {
    String line = text.replace('\r', ' ').replace('\t', ' ');
    return line.length() <= room ? line : line.substring(0, room - 1) + (fancy ? "…" : "~");
  }

  private String colour(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
