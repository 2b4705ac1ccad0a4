package org.retellbridge.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.retellbridge.storm.Errand.Told;
import org.retellbridge.twin.Twin;
import org.retellbridge.twin.segment.SegmentMessage;

/** Compares what agents were told with what the vendors got. */
final class Reckoning {
  private final Map<String, Integer> received = new HashMap<>();
  private final Map<String, Set<String>> messageIds = new HashMap<>();
  private int again;

  private Reckoning(Twin twin) {
    twin.twilio().messages().forEach(sms -> count(sms.body()));
    twin.twilio().tasks().forEach(task -> count(task.attributes().toString()));
    for (SegmentMessage message : twin.segment().messages()) {
      String marker = marker(message.body().toString());
      messageIds.computeIfAbsent(marker, none -> new HashSet<>()).add(message.messageId());
      if (message.applied()) {
        received.merge(marker, 1, Integer::sum);
      } else {
        again++;
      }
    }
  }

  /**
   * Fails when an effect that was told as done is not there, one that was only told as failed is,
   * or any is there twice.
   */
  static String of(Collection<Errand> errands, Twin twin) {
    Reckoning reckoning = new Reckoning(twin);
    errands.forEach(reckoning::check);
    return reckoning.table(errands);
  }

  /** Leaves the figures in {@code target/it}, and on the console. */
  static void report(String name, String title, String table) throws IOException {
    String text = title + "\n" + table + "\n";
    Path folder = Files.createDirectories(Path.of(System.getProperty("bridge.it.dir")));
    Files.writeString(folder.resolve(name + ".txt"), text);
    System.out.println(text);
  }

  /** How many of the errands have arrived at their vendor. */
  static long arrived(Collection<Errand> errands, Twin twin) {
    Reckoning reckoning = new Reckoning(twin);
    return errands.stream().filter(errand -> reckoning.received(errand) > 0).count();
  }

  private void check(Errand errand) {
    assertThat(received(errand)).as("%s, told %s", errand.marker, errand.texts).isLessThan(2);
    if (errand.told.contains(Told.DONE)) {
      assertThat(received(errand)).as("told as done: " + errand.marker).isEqualTo(1);
    }
    if (errand.told.equals(Set.of(Told.FAILED))) {
      assertThat(received(errand))
          .as("%s, told as failed: %s", errand.marker, errand.texts)
          .isZero();
    }
    assertThat(messageIds.getOrDefault(errand.marker, Set.of()))
        .as("messageIds of " + errand.marker)
        .hasSizeLessThan(2);
  }

  private int received(Errand errand) {
    return received.getOrDefault(errand.marker, 0);
  }

  private void count(String text) {
    received.merge(marker(text), 1, Integer::sum);
  }

  private static String marker(String text) {
    return text.replaceFirst("(?s).*(errand-[0-9]+-).*", "$1");
  }

  private String table(Collection<Errand> errands) {
    StringBuilder table = new StringBuilder();
    table.append("kind   wanted   asked    done unknown  failed received twice  lost\n");
    for (Errand.Kind kind : Errand.Kind.values()) {
      List<Errand> of = errands.stream().filter(errand -> errand.kind == kind).toList();
      if (of.isEmpty()) {
        continue;
      }
      table.append(
          String.format(
              "%-6s %6d %7d %7d %7d %7d %8d %5d %5d%n",
              kind,
              of.size(),
              of.stream().mapToInt(errand -> errand.asked.get()).sum(),
              told(of, Told.DONE).count(),
              of.stream().filter(Reckoning::onlyUnknown).count(),
              of.stream().filter(Reckoning::neither).count(),
              of.stream().mapToInt(this::received).sum(),
              of.stream().filter(errand -> received(errand) > 1).count(),
              told(of, Told.DONE).filter(errand -> received(errand) == 0).count()));
    }
    return table.append("sent again under the same messageId: ").append(again).toString();
  }

  private static Stream<Errand> told(List<Errand> errands, Told what) {
    return errands.stream().filter(errand -> errand.told.contains(what));
  }

  private static boolean onlyUnknown(Errand errand) {
    return errand.told.contains(Told.UNKNOWN) && !errand.told.contains(Told.DONE);
  }

  private static boolean neither(Errand errand) {
    return !errand.told.contains(Told.UNKNOWN) && !errand.told.contains(Told.DONE);
  }
}
