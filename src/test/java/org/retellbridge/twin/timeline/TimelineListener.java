package org.retellbridge.twin.timeline;

/** Follows a timeline while it grows. */
@FunctionalInterface
public interface TimelineListener {
  void added(TimelineEntry entry);
}
