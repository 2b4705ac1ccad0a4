package org.retellbridge.twin.timeline;

import java.util.List;

/**
 * One thing that happened.
 *
 * @param elapsedMs since the timeline began
 * @param from the party that did it
 * @param to the party that it was done to; the same as {@code from} for a note
 */
public record TimelineEntry(
    long elapsedMs, String from, String to, String title, List<String> details) {

  public boolean isBetween(String sender, String receiver) {
    return from.equals(sender) && to.equals(receiver);
  }
}
