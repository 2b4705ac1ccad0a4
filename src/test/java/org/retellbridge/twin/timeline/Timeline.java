package org.retellbridge.twin.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that the twin sends, gets and hears, in order. Keeps the first entries only, so that a load
 * test does not fill the memory; the rest is counted.
 */
public final class Timeline {

  private static final int KEPT = 20_000;

  private final List<TimelineEntry> entries = new ArrayList<>();
  private final List<TimelineListener> listeners = new ArrayList<>();
  private long start = System.nanoTime();
  private long untold;
  private boolean recording = true;

  public synchronized void add(String from, String to, String title, String... details) {
    add(from, to, title, List.of(details));
  }

  public synchronized void add(String from, String to, String title, List<String> details) {
    if (!recording()) {
      untold++;
      return;
    }
    long elapsed = (System.nanoTime() - start) / 1_000_000;
    TimelineEntry entry = new TimelineEntry(elapsed, from, to, title, List.copyOf(details));
    entries.add(entry);
    listeners.forEach(listener -> listener.added(entry));
  }

  /** Whether an entry would be kept: saves building its text when not. */
  public synchronized boolean recording() {
    return recording && entries.size() < KEPT;
  }

  /** Stops or resumes recording; what happens meanwhile is only counted. */
  public synchronized void record(boolean on) {
    recording = on;
  }

  /** Tells the listener every further entry as it happens, on the thread that adds it. */
  public synchronized void follow(TimelineListener listener) {
    listeners.add(listener);
  }

  public synchronized List<TimelineEntry> entries() {
    return List.copyOf(entries);
  }

  public List<TimelineEntry> entries(Predicate<TimelineEntry> which) {
    return entries().stream().filter(which).toList();
  }

  /** How many entries were not kept. */
  public synchronized long untold() {
    return untold;
  }

  /** Forgets everything and starts the clock anew. */
  public synchronized void clear() {
    entries.clear();
    untold = 0;
    start = System.nanoTime();
  }
}
